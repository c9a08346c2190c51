package io.lifestage.importer;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a value lies in a spilled file, which no other process ever reads. */
interface Codec<T> {

  void write(T value, DataOutput out) throws IOException;

  T read(DataInput in) throws IOException;

  /** Roughly how many bytes of memory the value holds. */
  long weight(T value);

  static void writeText(String text, DataOutput out) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static String readText(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static void writeTexts(List<String> texts, DataOutput out) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      writeText(text, out);
    }
  }

  static List<String> readTexts(DataInput in) throws IOException {
    int size = in.readInt();
    List<String> texts = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      texts.add(readText(in));
    }
    return texts;
  }

  static void writeMap(Map<String, String> map, DataOutput out) throws IOException {
    out.writeInt(map.size());
    for (Map.Entry<String, String> entry : map.entrySet()) {
      writeText(entry.getKey(), out);
      writeText(entry.getValue(), out);
    }
  }

  static Map<String, String> readMap(DataInput in) throws IOException {
    int size = in.readInt();
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      map.put(readText(in), readText(in));
    }
    return map;
  }

  /**
   * Roughly the memory of texts: two bytes a character would be too much, the objects add to it.
   */
  static long weight(Map<String, String> map) {
    long weight = 64;
    for (String value : map.values()) {
      weight += 96 + value.length();
    }
    return weight;
  }
}
