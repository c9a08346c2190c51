package io.lifestage.operator;

import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Product;
import io.lifestage.lifecycle.ProductHistory;
import io.lifestage.offer.FanOut;
import io.lifestage.offer.Look;
import io.lifestage.offer.Look.Mark;
import io.lifestage.offer.ProductChange;
import io.lifestage.offer.Watchers;
import io.lifestage.offer.Watching;
import io.lifestage.wire.Decoded;
import io.lifestage.wire.Origin;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.AbstractKeyedStateBackend;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Remembers who watches a product, or a category, and tells them what happens to it: as events of
 * those customers, which their own operator decides on like on any other.
 *
 * <p>Looks and changes wait until time has reached them and are then taken in event-time order, so
 * the order of arrival changes nothing. They wait in memory, a few seconds of looks, and are
 * written with each checkpoint. A look that counts is one blind write, and none where the same was
 * written within the hour; only a change of the product, and once a day what is over, reads who
 * watches. Of very many watchers those with the least interest go when a quarter of the bound was
 * written, so the state holds at most a quarter more.
 *
 * <p>What is told at a moment is put out before the watermark passes it: it is never late.
 */
public final class TellWatchers extends AbstractStreamOperator<Decoded.OfEvent>
    implements TwoInputStreamOperator<Look, Announcement, Decoded.OfEvent>,
        Triggerable<String, VoidNamespace> {
  private static final long serialVersionUID = 1L;

  public static final TypeInformation<Look> LOOK = new CodecTypeInfo<>(Look.class, new LookCodec());

  /** The same looks by the category of their product. */
  public static final OutputTag<Look> LOOKS = new OutputTag<>("looks", LOOK);

  /** Products of which nobody had heard. */
  public static final OutputTag<Announcement> ARRIVALS =
      new OutputTag<>("arrivals", new CodecTypeInfo<>(Announcement.class, new AnnouncementCodec()));

  /** The name that Flink gives to the timers of functions. */
  private static final String TIMERS = "user-timers";

  private static final long DAY = 86_400_000L;
  private static final int COUNTERS = 4096;

  private final boolean byCategory;
  private final Watching watching;

  private transient MapState<String, Long> looks;
  private transient ValueState<ProductHistory> latest;
  private transient ValueState<FanOut> fanOut;

  @SuppressWarnings("rawtypes") // See SliceCodec.
  private transient MapState<Integer, List> slices;

  private transient ListState<HeldChange> heldInState;
  private transient PriorityQueue<HeldChange> held;
  private transient ListState<Long> passedInState;

  /** Where time was when the snapshot was taken that this began with. */
  private transient long passedBefore;

  private transient InternalTimerService<VoidNamespace> timers;
  private transient WrittenLooks written;
  private transient int[] writes;

  private TellWatchers(boolean byCategory, Watching watching) {
    this.byCategory = byCategory;
    this.watching = watching;
  }

  /** By product: price drops and what is back in stock. */
  public static TellWatchers ofProducts(Watching watching) {
    return new TellWatchers(false, watching);
  }

  /** By category: new arrivals. */
  public static TellWatchers ofCategories(Watching watching) {
    return new TellWatchers(true, watching);
  }

  /** Whether what it remembers is by category. */
  boolean byCategory() {
    return byCategory;
  }

  /** The product that an announcement is about. */
  public static Product product(Announcement announcement) {
    return ((Announcement.OfProduct) announcement).product();
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    heldInState =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>(
                    "held-changes-v1",
                    new CodecTypeInfo<>(HeldChange.class, new HeldChangeCodec())));
    passedInState =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>("watchers-passed-v1", Types.LONG));
    passedBefore = Long.MIN_VALUE;
    for (long before : passedInState.get()) {
      passedBefore = Math.max(passedBefore, before);
    }
    held = new PriorityQueue<>(HeldChange.BY_TIME);
    KeyGroupRange own = ((AbstractKeyedStateBackend<?>) getKeyedStateBackend()).getKeyGroupRange();
    int groups = getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks();
    for (HeldChange change : heldInState.get()) {
      if (own.contains(KeyGroupRangeAssignment.assignToKeyGroup(subject(change), groups))) {
        held.add(change);
      }
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    looks =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("product-watchers-v1", Types.STRING, Types.LONG));
    latest =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "latest-product-v1",
                    new CodecTypeInfo<>(ProductHistory.class, new ProductHistoryCodec())));
    fanOut =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "fan-out-v1", new CodecTypeInfo<>(FanOut.class, new FanOutCodec())));
    slices =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "fan-out-slices-v1",
                    Types.INT,
                    new CodecTypeInfo<>(List.class, new SliceCodec())));
    timers = getInternalTimerService(TIMERS, VoidNamespaceSerializer.INSTANCE, this);
    written = new WrittenLooks();
    writes = new int[COUNTERS];
  }

  /** A look at the product whose key is set. */
  @Override
  public void processElement1(StreamRecord<Look> element) throws Exception {
    Look look = element.getValue();
    if (written.has(fingerprint(look))) {
      return;
    }
    if (look.at() > timers.currentWatermark()) {
      held.add(HeldChange.of(look));
      return;
    }
    // Late: what is told was told without it, but it must not make a later look older.
    Long known = looks.get(entry(look));
    if (known == null || known < Watching.hour(look.at())) {
      take(look);
    }
  }

  /**
   * A version of the product whose key is set. Of one that was so before, only the future hears.
   */
  @Override
  public void processElement2(StreamRecord<Announcement> element) {
    Product product = product(element.getValue());
    long mark = Math.max(timers.currentWatermark(), passedBefore);
    long at = mark == Long.MAX_VALUE ? mark : Math.max(product.effectiveAt(), mark + 1);
    held.add(new HeldChange(at, null, product));
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    while (!held.isEmpty() && held.peek().at() <= mark.getTimestamp()) {
      HeldChange next = held.poll();
      if (next.product() != null && next.at() - 1 > timers.currentWatermark()) {
        // What was due before it is told before it.
        timeServiceManager.advanceWatermark(new Watermark(next.at() - 1));
      }
      setCurrentKey(subject(next));
      if (next.look() != null) {
        take(next.look());
      } else {
        take(next.product(), next.at());
      }
    }
    super.processWatermark(mark);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    heldInState.update(new ArrayList<>(held));
    passedInState.update(List.of(Math.max(timers.currentWatermark(), passedBefore)));
  }

  /** A slice is due, or something is over, for the key that is set. */
  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    long at = timer.getTimestamp();
    FanOut current = fanOut.value();
    if (current != null && current.nextAt() == at) {
      if (current.isDone()) {
        fanOut.clear();
      } else {
        tellSlice(current);
      }
    }
    if (at % DAY == minuteOf(timer.getKey())) {
      tend(at);
    }
  }

  /** None is ever set: interest is of event time. */
  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("no timer of the wall clock was set");
  }

  private void take(Look look) throws Exception {
    long fingerprint = fingerprint(look);
    if (written.has(fingerprint)) {
      return;
    }
    written.note(fingerprint);
    long hour = Watching.hour(look.at());
    looks.put(entry(look), hour);
    timers.registerEventTimeTimer(
        VoidNamespace.INSTANCE, watching.overBy(hour) + minuteOf(subject(look)));
    int counter = subject(look).hashCode() & (COUNTERS - 1);
    if (++writes[counter] > watching.atMost() / 4) {
      writes[counter] = 0;
      tend(look.at());
    }
    if (!byCategory) {
      ProductHistory known = look.category().isEmpty() ? latest.value() : null;
      Look placed = known == null ? look : look.in(known.versions().get(0).category());
      if (!placed.category().isEmpty()) {
        output.collect(LOOKS, new StreamRecord<>(placed, placed.at()));
      }
    }
  }

  /**
   * A version takes effect.
   *
   * @param at when it is taken: when it took effect, or when it was heard of
   */
  private void take(Product product, long at) throws Exception {
    if (byCategory) {
      welcome(product, at);
      return;
    }
    ProductHistory known = latest.value();
    Product before = known == null ? null : known.versions().get(0);
    if (before != null && before.effectiveAt() > product.effectiveAt()) {
      return;
    }
    latest.update(new ProductHistory(List.of(product)));
    if (before == null) {
      if (!product.category().isEmpty()) {
        output.collect(ARRIVALS, new StreamRecord<>(new Announcement.OfProduct(product), at));
      }
      return;
    }
    ProductChange change = ProductChange.between(before, product);
    FanOut current = fanOut.value();
    if (current != null && (change != null || current.change().isUndoneBy(product))) {
      fanOut.clear();
      slices.clear();
    }
    if (change != null) {
      begin(change, at);
    }
  }

  /** One new product after the other: a delivery of a hundred is no hundred storms. */
  private void welcome(Product product, long at) throws Exception {
    ProductChange arrival = ProductChange.arrival(product);
    FanOut current = fanOut.value();
    if (arrival != null && current == null) {
      begin(arrival, at);
    } else if (arrival != null) {
      held.add(new HeldChange(current.turnOfOneMore(), null, product));
      fanOut.update(current.andOneMore());
    }
  }

  private void begin(ProductChange change, long at) throws Exception {
    List<String> customers = remembered(change.at()).inOrder();
    if (customers.isEmpty()) {
      return;
    }
    int number = 0;
    for (int from = 0; from < customers.size(); from += watching.perSecond()) {
      int to = Math.min(customers.size(), from + watching.perSecond());
      slices.put(number++, List.copyOf(customers.subList(from, to)));
    }
    tellSlice(new FanOut(change, at, 0, number, 0));
  }

  private void tellSlice(FanOut current) throws Exception {
    long at = current.nextAt();
    for (Object customer : slices.get(current.next())) {
      Event event = current.change().toldTo((String) customer, at);
      output.collect(new StreamRecord<>(new Decoded.OfEvent(event, Origin.made(at)), at));
    }
    slices.remove(current.next());
    FanOut further = current.further();
    // Of a category the last second goes by before another product is told.
    if (!further.isDone() || byCategory) {
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, further.nextAt());
      fanOut.update(further);
    } else {
      fanOut.clear();
    }
  }

  /** Lets go of what is over, and of those with the least interest where there are too many. */
  private void tend(long at) throws Exception {
    Set<String> surplus = new HashSet<>(remembered(at).surplus());
    if (surplus.isEmpty()) {
      return;
    }
    Iterator<Map.Entry<String, Long>> entries = looks.iterator();
    while (entries.hasNext()) {
      if (surplus.contains(entries.next().getKey().substring(1))) {
        entries.remove();
      }
    }
  }

  /** Who watches, without what is over, which goes from the state. */
  private Watchers remembered(long at) throws Exception {
    Watchers watchers = new Watchers(watching, at);
    boolean any = false;
    Iterator<Map.Entry<String, Long>> entries = looks.iterator();
    while (entries.hasNext()) {
      Map.Entry<String, Long> one = entries.next();
      Mark mark = Mark.of(one.getKey().charAt(0));
      if (watchers.add(one.getKey().substring(1), mark, one.getValue())) {
        any = true;
      } else {
        entries.remove();
      }
    }
    if (!any) {
      looks.clear();
    }
    return watchers;
  }

  /** A time of day, so that what is over is not looked for everywhere at once; milliseconds. */
  private static long minuteOf(String subject) {
    return Math.floorMod(subject.hashCode() * 0x9E3779B9, 24 * 60) * 60_000L;
  }

  private long fingerprint(Look look) {
    return WrittenLooks.of(subject(look), look, Watching.hour(look.at()));
  }

  private static String entry(Look look) {
    return look.mark().code() + look.customer();
  }

  private String subject(Look look) {
    return byCategory ? look.category() : look.sku();
  }

  private String subject(HeldChange change) {
    if (change.look() != null) {
      return subject(change.look());
    }
    return byCategory ? change.product().category() : change.product().sku();
  }
}
