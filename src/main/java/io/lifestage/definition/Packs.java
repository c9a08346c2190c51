package io.lifestage.definition;

import io.lifestage.decision.Definitions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Definitions that lie together: in the program, or in a folder. */
public final class Packs {
  private static final String ROOT = "packs";

  /** Of a file, in bytes: what no definition comes near. */
  private static final int LARGEST = 4 << 20;

  private Packs() {}

  /** The packs that come with the program. */
  public static List<String> names() {
    return within(
        root -> {
          try (Stream<Path> packs = Files.list(root)) {
            return packs.map(p -> p.getFileName().toString().replace("/", "")).sorted().toList();
          }
        });
  }

  /**
   * The definitions of a pack that comes with the program.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public static List<Source> of(String pack) {
    known(pack);
    return within(root -> in(root.resolve(pack)));
  }

  private static void known(String pack) {
    if (!names().contains(pack)) {
      throw new IllegalArgumentException(
          "no pack is called '" + pack + "'; " + Suggestion.among(pack, names()));
    }
  }

  /**
   * A pack by its name, or what lies in a folder or a file.
   *
   * @throws IllegalArgumentException if there is neither
   * @throws IOException if the folder can't be read
   */
  public static List<Source> named(String nameOrFolder) throws IOException {
    Path folder = Path.of(nameOrFolder);
    return Files.exists(folder) ? in(folder) : of(nameOrFolder);
  }

  /** The JSON Schema of definitions, for editors. */
  public static String schema() {
    try (InputStream in = Packs.class.getResourceAsStream("definition.schema.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("definition.schema.json", e);
    }
  }

  /** A pack of the program, compiled. */
  public static Definitions compiled(String pack) {
    return Library.compile(of(pack));
  }

  /**
   * The definitions in a folder and the folders below it: every file that ends with .yaml or .yml,
   * but for those in folders called {@code specs}.
   *
   * @throws IOException if the folder can't be read
   */
  public static List<Source> in(Path folder) throws IOException {
    if (Files.isRegularFile(folder)) {
      return List.of(read(folder));
    }
    return read(folder, file -> !isSpec(folder.relativize(file)));
  }

  /**
   * The specifications of a pack that comes with the program.
   *
   * @throws IllegalArgumentException if there is no pack of this name
   */
  public static List<Source> specsOf(String pack) {
    known(pack);
    return within(root -> specsIn(root.resolve(pack)));
  }

  /**
   * The specifications in a folder: every file that ends with .yaml or .yml in the folders below it
   * that are called {@code specs}.
   *
   * @throws IOException if the folder can't be read
   */
  public static List<Source> specsIn(Path folder) throws IOException {
    return read(folder, file -> isSpec(folder.relativize(file)));
  }

  private static List<Source> read(Path folder, Predicate<Path> which) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Packs::isDefinition).filter(which).sorted().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    List<Source> sources = new ArrayList<>();
    for (Path file : files) {
      sources.add(read(file));
    }
    return sources;
  }

  private static Source read(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LARGEST + 1);
    }
    if (bytes.length > LARGEST) {
      throw new IOException(file + ":1:1: the file is too long; it may have " + LARGEST + " bytes");
    }
    ByteBuffer unread = ByteBuffer.wrap(bytes);
    CharBuffer text = CharBuffer.allocate(bytes.length);
    boolean sound = !StandardCharsets.UTF_8.newDecoder().decode(unread, text, true).isError();
    text.flip();
    if (!sound) {
      throw new IOException(
          file + end(text.toString()) + ": this is not UTF-8; save the file in that encoding");
    }
    return new Source(file.toString(), text.toString());
  }

  /** Line and column behind the last letter. */
  private static String end(String text) {
    int line = text.lastIndexOf('\n') + 1;
    long lines = text.chars().filter(c -> c == '\n').count();
    return ":" + (lines + 1) + ":" + (text.codePointCount(line, text.length()) + 1);
  }

  private static boolean isSpec(Path file) {
    for (Path part : file) {
      if (part.toString().equals("specs")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDefinition(Path file) {
    String name = file.getFileName().toString();
    boolean holds = Files.isRegularFile(file) || leadsNowhere(file);
    return holds && (name.endsWith(".yaml") || name.endsWith(".yml"));
  }

  /** A link to what is not there is read, and so said to be missing. */
  private static boolean leadsNowhere(Path file) {
    return Files.isSymbolicLink(file) && Files.notExists(file);
  }

  /** Looks into the program's packs, which lie in a folder or in the jar. */
  private static <T> T within(Look<T> look) {
    URL here = Packs.class.getProtectionDomain().getCodeSource().getLocation();
    try {
      Path program = Path.of(here.toURI());
      if (Files.isDirectory(program)) {
        return look.at(program.resolve(ROOT));
      }
      try (FileSystem jar = FileSystems.newFileSystem(program)) {
        return look.at(jar.getPath(ROOT));
      }
    } catch (URISyntaxException | IOException e) {
      throw new IllegalStateException("the packs of the program can't be read at " + here, e);
    }
  }

  /** Something that is read where the packs lie. */
  private interface Look<T> {
    T at(Path root) throws IOException;
  }
}
