package io.lifestage.wire;

/**
 * What the schema registry answered instead of what was asked for. The three kinds call for three
 * reactions, so each caller has to name them: a dead letter, a refusal, a retry.
 */
public abstract sealed class RegistryException extends Exception
    permits UnknownSchemaException, IncompatibleSchemaException, RegistryUnreachableException {

  private static final long serialVersionUID = 1L;

  RegistryException(String message, Throwable cause) {
    super(message, cause);
  }
}
