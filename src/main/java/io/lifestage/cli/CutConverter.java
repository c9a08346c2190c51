package io.lifestage.cli;

import io.lifestage.offer.Evaluation;
import io.lifestage.offer.Sale;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.ToLongFunction;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** From when baskets are asked about: a moment, a day in UTC, or a share of the baskets. */
final class CutConverter implements ITypeConverter<CutConverter.Cut> {

  /** From when, in a history. */
  @FunctionalInterface
  interface Cut extends ToLongFunction<List<Sale>> {}

  @Override
  public Cut convert(String text) {
    try {
      long day = LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
      return history -> day;
    } catch (DateTimeParseException e) {
      // Then it is something else.
    }
    if (text.contains("T")) {
      long moment = new InstantConverter().convert(text).toEpochMilli();
      return history -> moment;
    }
    try {
      double share = new ShareConverter().convert(text);
      return history -> Evaluation.cut(history, share);
    } catch (TypeConversionException e) {
      throw new TypeConversionException(
          ("'%s' is no cut; write a day like 2011-10-01, a moment like 2011-10-01T00:00:00Z, or the"
                  + " share of baskets that is asked about, like 20%%")
              .formatted(text));
    }
  }
}
