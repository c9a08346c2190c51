package io.lifestage.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.regex.Pattern;

/** What a command answers, line by line, until nobody reads it any more. */
final class Printout {
  /** What customers write shall not move the cursor of whoever reads it. */
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectWriter PRETTY = JSON.writerWithDefaultPrettyPrinter();

  private final PrintWriter out;

  Printout(PrintWriter out) {
    this.out = out;
  }

  /** A line for people. */
  void line(String text) throws IOException {
    write(CONTROL.matcher(text).replaceAll("?"));
  }

  /** One object on one line, as programs read a stream. */
  void json(Map<String, ?> object) throws IOException {
    write(JSON.writeValueAsString(object));
  }

  /** One object over many lines: the whole answer. */
  void document(Map<String, ?> object) throws IOException {
    write(PRETTY.writeValueAsString(object));
  }

  private void write(String text) throws IOException {
    out.println(text);
    if (out.checkError()) {
      throw new IOException("Nobody reads the output any more");
    }
  }
}
