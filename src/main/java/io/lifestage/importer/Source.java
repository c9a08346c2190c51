package io.lifestage.importer;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * The text of a file, plain or compressed with gzip, which its first bytes tell. A byte order mark
 * decides the charset; bytes that are no text in it become U+FFFD.
 */
final class Source implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final Counting raw;
  private final Reader reader;
  private final long size;

  private Source(Counting raw, Reader reader, long size) {
    this.raw = raw;
    this.reader = reader;
    this.size = size;
  }

  /**
   * Opens a file.
   *
   * @throws IOException if the file can't be read, or is an archive in which a CSV may lie
   */
  static Source open(Path file, Charset charset) throws IOException {
    Counting raw = new Counting(Files.newInputStream(file));
    try {
      PushbackInputStream bytes = new PushbackInputStream(new BufferedInputStream(raw, BUFFER), 4);
      int magic = magic(bytes);
      if (magic == (('P' << 8) | 'K')) {
        throw new IOException(
            file + ": this is a zip archive or a spreadsheet; unpack it, or save it as CSV, first");
      }
      InputStream text = magic == ((0x1f << 8) | 0x8b) ? new GZIPInputStream(bytes, BUFFER) : bytes;
      return new Source(raw, decoded(text, charset), Files.size(file));
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  Reader reader() {
    return reader;
  }

  /** How much of the file was read ahead, from 0 to almost 1; only the end of the text is 1. */
  double share() {
    return size == 0 ? 0 : Math.min(0.99, raw.count / (double) size);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private static int magic(PushbackInputStream bytes) throws IOException {
    byte[] start = bytes.readNBytes(2);
    bytes.unread(start);
    return start.length < 2 ? -1 : ((start[0] & 0xff) << 8) | (start[1] & 0xff);
  }

  private static Reader decoded(InputStream text, Charset charset) throws IOException {
    PushbackInputStream bytes = new PushbackInputStream(text, 3);
    byte[] start = bytes.readNBytes(3);
    if (begins(start, 0xef, 0xbb, 0xbf)) {
      return new InputStreamReader(bytes, StandardCharsets.UTF_8);
    }
    if (begins(start, 0xff, 0xfe) || begins(start, 0xfe, 0xff)) {
      bytes.unread(start);
      return new InputStreamReader(bytes, StandardCharsets.UTF_16);
    }
    bytes.unread(start);
    return new InputStreamReader(bytes, charset);
  }

  private static boolean begins(byte[] bytes, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xff) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  private static final class Counting extends FilterInputStream {
    private long count;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count += read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
