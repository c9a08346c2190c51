package io.lifestage.cli;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Moments in ISO-8601: {@code 2026-03-01T12:00:00Z}, {@code 2026-03-01T13:00:00+01:00}. */
final class InstantConverter implements ITypeConverter<Instant> {
  @Override
  public Instant convert(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new TypeConversionException(
          "'%s' is no moment; write it like 2026-03-01T12:00:00Z".formatted(text));
    }
  }
}
