package io.lifestage.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files of the page. They are all there are: no path leads to anything else. */
final class PageFiles {
  private static final List<String> FILES =
      List.of(
          "index.html",
          "enter.html",
          "console.css",
          "console.js",
          "live.js",
          "dom.js",
          "format.js",
          "chart.js",
          "arc.js",
          "views/parts.js",
          "views/lifecycle.js",
          "views/checkout.js",
          "views/conversations.js",
          "views/triggers.js",
          "views/customer.js",
          "views/journeys.js",
          "views/job.js",
          "views/metrics.js",
          "mark.svg",
          "uplot/uPlot.esm.js",
          "uplot/uPlot.min.css");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  /**
   * A file.
   *
   * @param type its media type
   * @param tag the same for the same content
   */
  @SuppressWarnings("ArrayRecordComponent") // To be sent; nobody compares two of them.
  record PageFile(String type, byte[] content, String tag) {}

  private final Map<String, PageFile> files = new LinkedHashMap<>();

  PageFiles() {
    for (String name : FILES) {
      files.put("/" + name, read(name));
    }
    files.put("/", files.get("/index.html"));
  }

  /** The file at a path, or null. */
  PageFile at(String path) {
    return files.get(path);
  }

  private static PageFile read(String name) {
    try (InputStream in = PageFiles.class.getResourceAsStream("page/" + name)) {
      if (in == null) {
        throw new IllegalStateException("The class path has no page/" + name);
      }
      byte[] content = in.readAllBytes();
      String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
      return new PageFile(
          type, content, "\"" + Digests.sha256(content, "").substring(0, 16) + "\"");
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
