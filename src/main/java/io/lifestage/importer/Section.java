package io.lifestage.importer;

import io.lifestage.definition.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A part of a YAML file with names and values, which knows its lines and notes every mistake
 * instead of stopping at the first. A value that is wrong reads as if it were not there.
 */
final class Section {
  private final Problems problems;
  private final String name;
  private final int line;
  private final Map<String, Node> values = new LinkedHashMap<>();

  private Section(Problems problems, String name, Node node) {
    this.problems = problems;
    this.name = name;
    this.line = line(node);
    if (!(node instanceof MappingNode mapping)) {
      problems.add(line, name + " has to be names with values", "write 'name: value'");
      return;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
      if (values.putIfAbsent(key, tuple.getValueNode()) != null) {
        problems.add(line(tuple.getKeyNode()), "'" + key + "' stands twice in " + name, "");
      }
    }
  }

  /** A section in which any name may stand. */
  static Section open(Problems problems, String name, Node node) {
    return new Section(problems, name, node);
  }

  /** A section in which only these names mean something. */
  static Section of(Problems problems, String name, Node node, List<String> allowed) {
    Section section = new Section(problems, name, node);
    section.values.forEach(
        (key, value) -> {
          if (!allowed.contains(key)) {
            problems.add(
                line(value),
                "'" + key + "' means nothing in " + name,
                Suggestion.among(key, allowed));
          }
        });
    return section;
  }

  static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  int line() {
    return line;
  }

  int line(String key) {
    return values.containsKey(key) ? line(values.get(key)) : line;
  }

  Iterable<String> keys() {
    return values.keySet();
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  /** The value as it stands there, or null. */
  Node node(String key) {
    return values.get(key);
  }

  String text(String key, String otherwise) {
    Node node = values.get(key);
    return node == null ? otherwise : scalar(node, "'" + key + "'", otherwise);
  }

  boolean flag(String key, boolean otherwise) {
    String text = text(key, String.valueOf(otherwise));
    if (!text.equals("true") && !text.equals("false")) {
      wrong(key, "has to be true or false");
    }
    return text.equals("true");
  }

  /** One of some words. */
  String word(String key, List<String> words) {
    String text = text(key, words.get(0));
    if (!words.contains(text)) {
      wrong(key, "has to be one of " + String.join(", ", words));
      return words.get(0);
    }
    return text;
  }

  char character(String key, char otherwise) {
    String text = text(key, String.valueOf(otherwise));
    if (text.length() != 1) {
      wrong(key, "has to be one character");
      return otherwise;
    }
    return text.charAt(0);
  }

  /** Texts of a list; one text alone is a list of one. */
  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (Node node : nodes(key)) {
      texts.add(scalar(node, "an entry of '" + key + "'", ""));
    }
    return texts;
  }

  /** Entries of a list; one entry alone is a list of one. */
  List<Node> nodes(String key) {
    Node node = values.get(key);
    if (node == null) {
      return List.of();
    }
    return node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
  }

  /** Texts by name. */
  Map<String, String> table(String key) {
    Map<String, String> table = new LinkedHashMap<>();
    if (has(key)) {
      Section entries = open(problems, "'" + key + "'", values.get(key));
      for (String entry : entries.keys()) {
        table.put(entry, entries.text(entry, ""));
      }
    }
    return table;
  }

  void missing(String key, String hint) {
    problems.add(line, name + " has no '" + key + "'", hint);
  }

  void wrong(String key, String what) {
    problems.add(line(key), "'" + key + "' " + what, "");
  }

  private String scalar(Node node, String what, String otherwise) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    problems.add(line(node), what + " has to be one text", "");
    return otherwise;
  }
}
