package io.lifestage.cluster;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** A Java program in a process of its own, which can be killed and started again. */
public final class JavaProcess implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration STOP = Duration.ofSeconds(30);

  private final String name;
  private final Path log;
  private final List<String> command;
  private Process process;

  /**
   * @param name for messages, and of the log
   * @param folder for the log, which holds every run after the other
   * @param arguments of {@code java}
   */
  JavaProcess(String name, Path folder, List<String> arguments) {
    this.name = name;
    this.log = folder.resolve(name + ".log");
    this.command = command(arguments);
  }

  /** Starts it and waits until it is ready; a process that ends before fails at once. */
  void start(Callable<Boolean> ready) {
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    await(name + " to be ready, see " + log)
        .atMost(START)
        .ignoreExceptions()
        .failFast(name + " ended, see " + log, () -> !process.isAlive())
        .until(ready);
  }

  /** Ends it without a warning, as {@code kill -9} does. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Asks it to end, and kills it if it does not. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().completeOnTimeout(process, STOP.toSeconds(), TimeUnit.SECONDS).join();
    kill();
  }

  /**
   * Runs a program to its end.
   *
   * @return the lines of its standard output; its standard error goes to that of the test
   * @throws IllegalStateException if its exit code is not zero
   */
  public static List<String> run(Map<String, String> environment, List<String> arguments) {
    ProcessBuilder builder =
        new ProcessBuilder(command(arguments)).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int exitCode = process.onExit().join().exitValue();
      if (exitCode != 0) {
        throw new IllegalStateException(
            "Exit code %d of %s:%n%s".formatted(exitCode, arguments, output));
      }
      return output.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs a program that fails.
   *
   * @return all that it prints
   * @throws IllegalStateException if its exit code is zero
   */
  static String failure(Map<String, String> environment, List<String> arguments) {
    ProcessBuilder builder = new ProcessBuilder(command(arguments)).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.onExit().join().exitValue() == 0) {
        throw new IllegalStateException("No failure of %s:%n%s".formatted(arguments, output));
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    return command;
  }
}
