package io.lifestage.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;

/**
 * Reads records as somebody does who has never seen this project: plain Avro, and the schema that
 * the registry gives over HTTP for the id in the record.
 */
final class StockReader {
  private static final int FRAMING = 5;

  private final String registry;
  private final Map<Integer, Schema> schemas = new HashMap<>();

  StockReader(String registry) {
    this.registry = registry;
  }

  GenericRecord read(byte[] value) throws IOException, InterruptedException {
    ByteBuffer framed = ByteBuffer.wrap(value);
    if (framed.get() != 0) {
      throw new IOException("Not in Confluent's wire format");
    }
    int id = framed.getInt();
    Schema schema = schemas.get(id);
    if (schema == null) {
      String text = get("/schemas/ids/" + id).path("schema").asText();
      schema = new Schema.Parser().parse(text);
      schemas.put(id, schema);
    }
    return new GenericDatumReader<GenericRecord>(schema)
        .read(
            null, DecoderFactory.get().binaryDecoder(value, FRAMING, value.length - FRAMING, null));
  }

  /** The subjects that the registry lists. */
  List<String> subjects() throws IOException, InterruptedException {
    List<String> subjects = new ArrayList<>();
    get("/subjects").forEach(subject -> subjects.add(subject.asText()));
    return subjects;
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(registry + path)).build();
    return new ObjectMapper()
        .readTree(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body());
  }
}
