package io.lifestage.operator;

import io.lifestage.decision.Provisional;
import io.lifestage.journey.Decision;
import io.lifestage.journey.Step;
import io.lifestage.journey.Trigger;
import io.lifestage.journey.Verdict;
import io.lifestage.journey.Wanted;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A decision that waits for offers: its moment, the decision, and the trigger, if any. */
public final class ProvisionalCodec implements Codec<Provisional> {
  private static final long serialVersionUID = 1L;

  @Override
  public String id() {
    return "provisional";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(Provisional value, DataOutput target) throws IOException {
    write(value, new CompactOutput(target));
  }

  @Override
  public Provisional read(int version, DataInput source) throws IOException {
    return read(new CompactInput(source));
  }

  static void write(Provisional value, CompactOutput out) throws IOException {
    out.number(value.at());
    write(value.decision(), out);
    out.bool(value.trigger() != null);
    if (value.trigger() != null) {
      write(value.trigger(), out);
    }
  }

  static Provisional read(CompactInput in) throws IOException {
    long at = in.number();
    Decision decision = readDecision(in);
    return new Provisional(at, in.bool() ? readTrigger(in) : null, decision);
  }

  private static void write(Decision decision, CompactOutput out) throws IOException {
    out.text(decision.journey());
    out.number(decision.version());
    out.text(decision.customer());
    out.text(decision.instanceKey());
    out.text(decision.outcome().name());
    out.text(decision.reason());
    out.number(decision.at());
    out.text(decision.stage());
    out.text(decision.step());
    out.text(decision.triggerId());
    out.text(decision.decidedBy());
    out.number(decision.until());
    out.all(
        decision.verdicts(),
        verdict -> {
          out.text(verdict.guard());
          out.bool(verdict.passed());
          out.text(verdict.detail());
        });
    out.all(decision.causes(), cause -> CustomerRecordCodec.write(cause, out));
    Decision.TakenBack of = decision.takesBack();
    out.bool(of != null);
    if (of != null) {
      out.text(of.outcome().name());
      out.text(of.reason());
      out.number(of.at());
    }
    out.bool(decision.provisional());
  }

  private static Decision readDecision(CompactInput in) throws IOException {
    return new Decision(
        in.text(),
        in.count(),
        in.text(),
        in.text(),
        Decision.Outcome.valueOf(in.text()),
        in.text(),
        in.number(),
        in.text(),
        in.text(),
        in.text(),
        in.text(),
        in.number(),
        in.all(() -> new Verdict(in.text(), in.bool(), in.text())),
        in.all(() -> CustomerRecordCodec.readCause(in)),
        in.bool()
            ? new Decision.TakenBack(Decision.Outcome.valueOf(in.text()), in.text(), in.number())
            : null,
        in.bool());
  }

  private static void write(Trigger trigger, CompactOutput out) throws IOException {
    out.text(trigger.id());
    out.text(trigger.status().name());
    out.text(trigger.kind());
    out.text(trigger.journey());
    out.number(trigger.version());
    out.text(trigger.instanceKey());
    out.text(trigger.customer());
    out.text(trigger.audience().name());
    out.text(trigger.channel());
    out.text(trigger.template());
    out.map(trigger.data(), out::text);
    out.all(trigger.items(), item -> write(item, out));
    out.number(trigger.priority());
    out.number(trigger.offerValue());
    out.number(trigger.at());
    out.number(trigger.notBefore());
    out.number(trigger.expiresAt());
    out.text(trigger.stage());
    out.number(trigger.cycle());
    out.all(trigger.causes(), cause -> CustomerRecordCodec.write(cause, out));
    out.number(trigger.revision());
    Wanted wanted = trigger.wanted();
    out.bool(wanted != null);
    if (wanted != null) {
      out.all(wanted.goesWith(), out::text);
      out.all(wanted.categories(), out::text);
      out.all(wanted.owned(), out::text);
      out.number(wanted.leastPrice());
      out.number(wanted.mostPrice());
      out.number(wanted.most());
    }
  }

  private static Trigger readTrigger(CompactInput in) throws IOException {
    return new Trigger(
        in.text(),
        Trigger.Status.valueOf(in.text()),
        in.text(),
        in.text(),
        in.count(),
        in.text(),
        in.text(),
        Step.Audience.valueOf(in.text()),
        in.text(),
        in.text(),
        in.map(in::text),
        in.all(() -> readItem(in)),
        in.count(),
        in.number(),
        in.number(),
        in.number(),
        in.number(),
        in.text(),
        in.count(),
        in.all(() -> CustomerRecordCodec.readCause(in)),
        in.count(),
        in.bool() ? readWanted(in) : null);
  }

  private static Wanted readWanted(CompactInput in) throws IOException {
    return new Wanted(
        in.all(in::text), in.all(in::text), in.all(in::text), in.number(), in.number(), in.count());
  }

  static void write(Trigger.Item item, CompactOutput out) throws IOException {
    out.text(item.sku());
    out.text(item.name());
    out.text(item.category());
    out.number(item.price());
    out.text(item.currency());
    out.number(item.quantity());
    out.real(item.score());
    out.bool(item.fit() != null);
    if (item.fit() != null) {
      out.text(item.fit().source());
      out.real(item.fit().support());
      out.real(item.fit().lift());
    }
    out.number(item.priceThen());
  }

  static Trigger.Item readItem(CompactInput in) throws IOException {
    return new Trigger.Item(
        in.text(),
        in.text(),
        in.text(),
        in.number(),
        in.text(),
        in.number(),
        in.real(),
        in.bool() ? new Trigger.Fit(in.text(), in.real(), in.real()) : null,
        in.number());
  }
}
