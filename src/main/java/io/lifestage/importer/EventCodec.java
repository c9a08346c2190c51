package io.lifestage.importer;

import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Line;
import io.lifestage.lifecycle.Money;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Events in a spilled file. */
final class EventCodec implements Codec<Event> {

  @Override
  public void write(Event event, DataOutput out) throws IOException {
    Codec.writeText(event.id(), out);
    out.writeLong(event.at());
    Codec.writeText(event.type(), out);
    Codec.writeText(event.customer(), out);
    Codec.writeMap(event.attributes(), out);
    out.writeInt(event.lines().size());
    for (Line line : event.lines()) {
      Codec.writeText(line.sku(), out);
      out.writeLong(line.quantity());
      out.writeLong(line.unitPrice());
    }
    out.writeLong(event.value().minor());
    Codec.writeText(event.value().currency(), out);
  }

  @Override
  public Event read(DataInput in) throws IOException {
    return new Event(
        Codec.readText(in),
        in.readLong(),
        Codec.readText(in),
        Codec.readText(in),
        Codec.readMap(in),
        lines(in),
        new Money(in.readLong(), Codec.readText(in)));
  }

  private static List<Line> lines(DataInput in) throws IOException {
    int size = in.readInt();
    List<Line> lines = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      lines.add(new Line(Codec.readText(in), in.readLong(), in.readLong()));
    }
    return lines;
  }

  @Override
  public long weight(Event event) {
    return 300L + Codec.weight(event.attributes()) + 120L * event.lines().size();
  }
}
