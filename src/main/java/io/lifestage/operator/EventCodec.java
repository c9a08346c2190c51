package io.lifestage.operator;

import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Line;
import io.lifestage.lifecycle.Money;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Events on their way to the customer, and in the customer's state. */
public final class EventCodec implements Codec<Event> {
  private static final long serialVersionUID = 1L;

  @Override
  public String id() {
    return "event";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(Event event, DataOutput out) throws IOException {
    write(event, new CompactOutput(out));
  }

  @Override
  public Event read(int version, DataInput in) throws IOException {
    return read(new CompactInput(in));
  }

  static void write(Event event, CompactOutput out) throws IOException {
    out.text(event.id());
    out.number(event.at());
    out.word(event.type());
    out.text(event.customer());
    out.map(event.attributes(), out::text);
    out.all(event.lines(), line -> write(line, out));
    write(event.value(), out);
  }

  static Event read(CompactInput in) throws IOException {
    return new Event(
        in.text(),
        in.number(),
        in.word(),
        in.text(),
        in.map(in::text),
        in.all(() -> readLine(in)),
        readMoney(in));
  }

  static void write(Line line, CompactOutput out) throws IOException {
    out.text(line.sku());
    out.number(line.quantity());
    out.number(line.unitPrice());
  }

  static Line readLine(CompactInput in) throws IOException {
    return new Line(in.text(), in.number(), in.number());
  }

  static void write(Money money, CompactOutput out) throws IOException {
    out.number(money.minor());
    out.text(money.currency());
  }

  static Money readMoney(CompactInput in) throws IOException {
    return new Money(in.number(), in.text());
  }
}
