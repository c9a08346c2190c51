package io.lifestage.operator;

import io.lifestage.metric.PaneSketches;
import io.lifestage.metric.Sketch;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.streaming.api.operators.KeyContext;

/**
 * The sketches of the panes of all metrics: those used last in memory, all others in Flink's state.
 * What changes is written when a checkpoint is taken or room is needed. So a pane that changes
 * often is written once, a pane that comes and goes between two checkpoints never is, and a window
 * that slides reads nothing.
 *
 * <p>It reads and writes the panes of the key that is set. Call {@link #writeAll} before each
 * snapshot of the state.
 */
final class HeldSketches implements PaneSketches {
  /** What a sketch takes beside what is in it: its objects, its name, its place in the map. */
  private static final int FRAME = 320;

  private record Name(Object key, String pane) {}

  /**
   * A sketch in memory: nobody else has it, since a snapshot may still be reading what is stored.
   */
  private static final class Held {
    private Sketch sketch;
    private int size;
    private boolean stored;
    private boolean changed;
  }

  private final MapState<String, Sketch> state;
  private final KeyContext context;
  private final long room;

  /** In the order of their last use. */
  private final Map<Name, Held> held = new LinkedHashMap<>(16, 0.75f, true);

  private long taken;

  /**
   * Holds nothing yet.
   *
   * @param state by the panes' names
   * @param context whose key it is that the state has; what it is set to is as before after each
   *     call but {@link #writeAll}
   * @param room how many bytes of memory to take, about; one sketch is held however large it is
   */
  HeldSketches(MapState<String, Sketch> state, KeyContext context, long room) {
    this.state = state;
    this.context = context;
    this.room = room;
  }

  @Override
  public Sketch get(String pane) {
    Name name = named(pane);
    Held one = held.get(name);
    if (one == null) {
      Sketch stored = stored(pane);
      if (stored == null) {
        return null;
      }
      one = new Held();
      one.stored = true;
      hold(name, one, stored.copy());
    }
    return one.sketch;
  }

  @Override
  public void put(String pane, Sketch sketch) {
    Name name = named(pane);
    Held known = held.get(name);
    Held one = known == null ? new Held() : known;
    one.changed = true;
    hold(name, one, sketch);
  }

  @Override
  public void remove(String pane) {
    Held one = held.remove(named(pane));
    if (one != null) {
      taken -= one.size;
    }
    if (one == null || one.stored) {
      unstore(pane);
    }
  }

  /** Writes what has changed; leaves another key set. */
  void writeAll() {
    held.forEach(this::write);
  }

  private Name named(String pane) {
    return new Name(context.getCurrentKey(), pane);
  }

  private void hold(Name name, Held one, Sketch sketch) {
    one.sketch = sketch;
    taken -= one.size;
    one.size = FRAME + sketch.size();
    taken += one.size;
    held.put(name, one);
    if (taken > room) {
      makeRoom();
    }
  }

  private void makeRoom() {
    Object current = context.getCurrentKey();
    Iterator<Map.Entry<Name, Held>> oldest = held.entrySet().iterator();
    while (taken > room && held.size() > 1) {
      Map.Entry<Name, Held> leaving = oldest.next();
      write(leaving.getKey(), leaving.getValue());
      taken -= leaving.getValue().size;
      oldest.remove();
    }
    context.setCurrentKey(current);
  }

  private void write(Name name, Held one) {
    if (one.changed) {
      context.setCurrentKey(name.key());
      store(name.pane(), one.sketch.copy());
      one.stored = true;
      one.changed = false;
    }
  }

  private Sketch stored(String pane) {
    try {
      return state.get(pane);
    } catch (Exception e) {
      throw new IllegalStateException("the sketch of " + pane + " could not be read", e);
    }
  }

  private void store(String pane, Sketch sketch) {
    try {
      state.put(pane, sketch);
    } catch (Exception e) {
      throw new IllegalStateException("the sketch of " + pane + " could not be kept", e);
    }
  }

  private void unstore(String pane) {
    try {
      state.remove(pane);
    } catch (Exception e) {
      throw new IllegalStateException("the sketch of " + pane + " could not be removed", e);
    }
  }
}
