package io.lifestage.cluster;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A record as Kafka's console consumer prints it.
 *
 * @param headers by name
 * @param key as text
 * @param value as the consumer writes bytes: printable ones as they are, others as {@code \xHH};
 *     the word null where there is none
 */
record Printed(Map<String, String> headers, String key, String value) {
  /** Stands between headers, key and value: the unit separator of ASCII, which no text holds. */
  static final String FIELD = "\u001f";

  /** Stands between headers: the record separator of ASCII. */
  static final String HEADER = "\u001e";

  private static final String ESCAPE = "\\x";

  static Printed parse(String line) {
    List<String> fields = Arrays.asList(line.split(FIELD, -1));
    Map<String, String> headers = new HashMap<>();
    for (String header : fields.get(0).split(HEADER, -1)) {
      int colon = header.indexOf(':');
      if (colon > 0) {
        headers.put(header.substring(0, colon), header.substring(colon + 1));
      }
    }
    return new Printed(headers, fields.get(1), fields.get(2));
  }

  /** The value's bytes. */
  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int at = 0;
    while (at < value.length()) {
      if (value.startsWith(ESCAPE, at)) {
        bytes.write(Integer.parseInt(value, at + 2, at + 4, 16));
        at += 4;
      } else {
        bytes.writeBytes(value.substring(at, at + 1).getBytes(StandardCharsets.US_ASCII));
        at++;
      }
    }
    return bytes.toByteArray();
  }
}
