package io.lifestage.wire;

/** The registry answered, and it has no such id: asking again will not help. */
public final class UnknownSchemaException extends RegistryException {

  private static final long serialVersionUID = 1L;

  UnknownSchemaException(int id, Throwable cause) {
    super("The schema registry has no schema with id " + id, cause);
  }
}
