package io.lifestage.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;

/** What the processes of a test share with those of {@code local-cluster/up}: jars and settings. */
final class LocalCluster {

  private static final Path HOME = Path.of("local-cluster").toAbsolutePath();

  private LocalCluster() {}

  /**
   * The folder with the jars of a process, filled by Maven the first time.
   *
   * @param list a folder of {@code local-cluster/classpath}
   */
  static Path jars(String list) {
    Path folder = Path.of(".local", "lib", list).toAbsolutePath();
    try {
      Process resolve =
          new ProcessBuilder(
                  HOME.resolve("classpath/resolve").toString(),
                  list,
                  folder.toString(),
                  // Set by Surefire and Failsafe: the repository of the build that runs this test.
                  "-Dmaven.repo.local="
                      + System.getProperty("localRepository", defaultRepository()))
              .inheritIO()
              .start();
      if (resolve.onExit().join().exitValue() != 0) {
        throw new IllegalStateException("Maven could not resolve the jars of the " + list);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }

  private static String defaultRepository() {
    return Path.of(System.getProperty("user.home"), ".m2", "repository").toString();
  }

  /** A class path of all jars of a list. */
  static String classPath(String list) {
    return jars(list).resolve("*").toString();
  }

  /** A file of {@code local-cluster/config}. */
  static Path config(String file) {
    return HOME.resolve("config").resolve(file);
  }

  /** The option that makes a process log to its standard output. */
  static String logging(String file) {
    return "-Dlog4j.configurationFile=" + config(file);
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean listensOn(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
