package io.lifestage.importer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The names of a file's columns, by which the mapping asks for them. */
final class Header {
  private final List<String> names;
  private final Map<String, Integer> indexes = new HashMap<>();
  private final List<String> doubled = new ArrayList<>();

  /**
   * @param names in the order of the file
   * @param aliases other names for columns, by the name that the file may use
   */
  Header(List<String> names, Map<String, String> aliases) {
    this.names =
        names.stream().map(String::strip).map(name -> aliases.getOrDefault(name, name)).toList();
    for (int i = 0; i < this.names.size(); i++) {
      if (indexes.putIfAbsent(this.names.get(i), i) != null) {
        doubled.add(this.names.get(i));
      }
    }
  }

  int size() {
    return names.size();
  }

  List<String> names() {
    return names;
  }

  boolean has(String name) {
    return indexes.containsKey(name);
  }

  /** Whether two columns have this name, so that it means neither. */
  boolean isDoubled(String name) {
    return doubled.contains(name);
  }

  int index(String name) {
    return indexes.get(name);
  }
}
