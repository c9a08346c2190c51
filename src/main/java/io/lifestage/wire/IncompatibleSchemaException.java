package io.lifestage.wire;

/** The registry answered, and refuses this schema for this subject. Nothing was registered. */
public final class IncompatibleSchemaException extends RegistryException {

  private static final long serialVersionUID = 1L;

  IncompatibleSchemaException(String subject, Throwable cause) {
    super(
        "The schema registry refuses this schema for subject '%s': %s"
            .formatted(subject, cause.getMessage()),
        cause);
  }
}
