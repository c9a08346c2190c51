package io.lifestage.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Line;
import io.lifestage.lifecycle.Money;
import io.lifestage.traffic.Outlet;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Map;

/** Events as lines of JSON, with the names that definitions use. */
final class PrintedEvents implements Outlet {
  private final PrintWriter out;
  private final JsonGenerator json;

  PrintedEvents(PrintWriter out) throws IOException {
    this.out = out;
    this.json = new JsonFactory().createGenerator(out);
    json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
    json.setRootValueSeparator(null);
  }

  @Override
  public void send(Event event, String bookmark) throws IOException {
    json.writeStartObject();
    json.writeStringField("topic", EventType.sourceOf(event.type()));
    json.writeStringField("event_id", event.id());
    json.writeStringField("type", event.type());
    json.writeStringField("occurred_at", Instant.ofEpochMilli(event.at()).toString());
    for (Map.Entry<String, String> attribute : event.attributes().entrySet()) {
      json.writeStringField(attribute.getKey(), attribute.getValue());
    }
    if (!event.lines().isEmpty()) {
      write(event.lines());
    }
    if (!event.value().equals(Money.NONE)) {
      json.writeNumberField("value_minor", event.value().minor());
      json.writeStringField("currency", event.value().currency());
    }
    json.writeEndObject();
    json.writeRaw('\n');
    json.flush();
    if (out.checkError()) {
      throw new IOException("Nobody reads the output any more");
    }
  }

  private void write(Iterable<Line> lines) throws IOException {
    json.writeArrayFieldStart("lines");
    for (Line line : lines) {
      json.writeStartObject();
      json.writeStringField("sku", line.sku());
      json.writeNumberField("quantity", line.quantity());
      json.writeNumberField("unit_price_minor", line.unitPrice());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  @Override
  public void flush() throws IOException {
    json.flush();
    out.flush();
  }

  @Override
  public void close() {
    out.flush();
  }
}
