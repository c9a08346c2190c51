package io.lifestage.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Shares of a whole, such as {@code 1%} or {@code 0.01}. */
final class ShareConverter implements ITypeConverter<Double> {

  @Override
  public Double convert(String text) {
    try {
      double share =
          text.endsWith("%")
              ? Double.parseDouble(text.substring(0, text.length() - 1)) / 100
              : Double.parseDouble(text);
      if (share >= 0 && share <= 1) {
        return share;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new TypeConversionException(
        "'%s' is no share; write it like 1%% or 0.01, from 0 to 1".formatted(text));
  }
}
