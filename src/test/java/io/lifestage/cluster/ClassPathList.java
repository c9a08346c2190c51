package io.lifestage.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The lists of jars in {@code local-cluster/classpath}, one for each kind of process. */
public final class ClassPathList {

  private ClassPathList() {}

  /**
   * The folder with the jars of {@code name}, the one that {@code local-cluster/up} uses; filled by
   * Maven the first time.
   *
   * @param name a list, such as {@code registry} or {@code broker}
   */
  public static Path resolve(String name) {
    Path folder = Path.of(".local", "lib", name).toAbsolutePath();
    try {
      Process resolve =
          new ProcessBuilder("local-cluster/classpath/resolve", name, folder.toString())
              .inheritIO()
              .start();
      if (resolve.onExit().join().exitValue() != 0) {
        throw new IllegalStateException("Maven could not resolve the jars of the " + name);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }
}
