package io.lifestage.wire;

/**
 * The registry gave no answer to the question: no connection, a time-out, an error of its own, or
 * credentials that it does not accept. Nothing is known about the schema; ask again later.
 */
public final class RegistryUnreachableException extends RegistryException {

  private static final long serialVersionUID = 1L;

  RegistryUnreachableException(String url, Throwable cause) {
    super("The schema registry at %s gave no answer: %s".formatted(url, cause), cause);
  }
}
