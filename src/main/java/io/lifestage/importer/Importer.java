package io.lifestage.importer;

import io.lifestage.lifecycle.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads a CSV by a mapping and sends its events in event-time order.
 *
 * <p>The whole file is read, grouped and sorted first, on disk where memory is not enough; only
 * then the first event is sent. Rows of which no event can be made are told to the watcher and
 * counted; none ends the import.
 */
public final class Importer {
  private static final int PROGRESS_EVERY = 1 << 10;

  private static final Comparator<Draft> BY_GROUP =
      Comparator.comparing(Draft::group).thenComparingLong(Draft::row);

  private final Mapping mapping;
  private final ImportOptions options;
  private final ImportWatcher watcher;
  private final Assembly assembly;
  private final Digests digests = new Digests();
  private final Map<String, Long> leftOut = new TreeMap<>();
  private final Map<String, Long> bad = new TreeMap<>();
  private long rows;
  private long badRows;
  private long skippedRows;
  private long events;

  /** One importer does one import. */
  public Importer(Mapping mapping, ImportOptions options, ImportWatcher watcher) {
    this.mapping = mapping;
    this.options = options;
    this.watcher = watcher;
    this.assembly = new Assembly(mapping);
  }

  /**
   * Does the import.
   *
   * @throws MappingException if the mapping does not fit the file's header
   * @throws TooManyBadRowsException if there are more faulty rows than the options allow
   * @throws IOException if the file can't be read, or the sink fails
   */
  public Summary run(Path file, EventSink sink) throws IOException {
    long memory = options.memory() / 2;
    try (TempFolder temp = new TempFolder(options.temp());
        Spill<Draft> drafts = new Spill<>(temp.path(), "rows", BY_GROUP, new DraftCodec(), memory);
        Spill<Event> sorted =
            new Spill<>(temp.path(), "events", Event.BY_TIME, new EventCodec(), memory)) {
      Spill.Taker<Event> counted =
          event -> {
            events++;
            sorted.add(event);
          };
      read(file, drafts, counted);
      Groups groups = new Groups(assembly, counted, this::refused);
      drafts.drain(groups);
      groups.end();
      Sender sender = new Sender(sink, options.assumeConsent(), mapping.name());
      long[] sent = {0};
      watcher.sending(0, events);
      sorted.drain(
          event -> {
            sender.send(event);
            if (++sent[0] % PROGRESS_EVERY == 0) {
              watcher.sending(sent[0], events);
            }
          });
      return new Summary(
          rows,
          rows - badRows - skippedRows,
          leftOut,
          bad,
          sender.sent(),
          sender.first(),
          sender.last(),
          sender.customers(),
          sender.guests(),
          drafts.files() + sorted.files());
    }
  }

  private void read(Path file, Spill<Draft> drafts, Spill.Taker<Event> single) throws IOException {
    try (Source source = Source.open(file, mapping.csv().charset())) {
      CsvRows records = new CsvRows(new LineReader(source.reader()), mapping.csv());
      Header header = header(file, records);
      mapping.check(header);
      for (CsvRows.CsvRecord record = records.next(); record != null; record = records.next()) {
        rows++;
        try {
          take(record, header, drafts, single);
        } catch (BadRowException e) {
          tell(new BadRow(record.line(), false, e.reason(), e.getMessage(), record.text()));
        }
        if (rows % PROGRESS_EVERY == 0) {
          watcher.reading(rows, badRows, source.share());
        }
      }
      watcher.reading(rows, badRows, 1);
    }
  }

  private Header header(Path file, CsvRows records) throws IOException {
    CsvFormat csv = mapping.csv();
    if (!csv.columns().isEmpty()) {
      return new Header(csv.columns(), Map.of());
    }
    CsvRows.CsvRecord first = records.next();
    if (first == null) {
      throw new IOException(file + ": the file is empty; not even a header is there");
    }
    if (first.fault() != null) {
      throw new IOException(file + ": the header can't be read: " + first.fault().getMessage());
    }
    return new Header(first.cells(), csv.aliases());
  }

  private void take(
      CsvRows.CsvRecord record, Header header, Spill<Draft> drafts, Spill.Taker<Event> single)
      throws BadRowException, IOException {
    if (record.fault() != null) {
      throw record.fault();
    }
    if (record.cells().size() != header.size()) {
      throw new BadRowException(
          record.cells().size() < header.size()
              ? "fewer cells than the header"
              : "more cells than the header",
          record.cells().size() + " instead of " + header.size());
    }
    Row row = new Row(record.line(), header, record.cells(), mapping.csv().empty());
    for (Mapping.Skip skip : mapping.skips()) {
      if (skip.where().holds(row)) {
        tell(new BadRow(row.line(), true, skip.reason(), skip.reason(), record.text()));
        return;
      }
    }
    // All of a row's drafts and events are made before one is kept: a row counts whole or not at
    // all.
    List<Draft> grouped = new ArrayList<>();
    List<Event> alone = new ArrayList<>();
    for (Draft draft : drafts(row)) {
      if (draft.group().isEmpty()) {
        alone.addAll(assembly.events(List.of(draft)));
      } else {
        grouped.add(draft);
      }
    }
    for (Draft draft : grouped) {
      drafts.add(draft);
    }
    for (Event event : alone) {
      single.take(event);
    }
  }

  private List<Draft> drafts(Row row) throws BadRowException {
    String content = digests.of(row.cells());
    List<Draft> drafts = new ArrayList<>(2);
    for (EventRule rule : mapping.rules()) {
      if (rule.where().holds(row)) {
        drafts.add(rule.draft(row, content));
      }
    }
    if (drafts.isEmpty()) {
      throw new BadRowException("no rule of the mapping applies");
    }
    return drafts;
  }

  private void refused(Draft draft, BadRowException why) {
    tell(new BadRow(draft.row(), false, why.reason(), why.getMessage(), ""));
  }

  private void tell(BadRow row) {
    (row.leftOut() ? leftOut : bad).merge(row.reason(), 1L, Long::sum);
    if (row.leftOut()) {
      skippedRows++;
    } else if (++badRows > options.maxBad()) {
      throw new TooManyBadRowsException(options.maxBad());
    }
    watcher.bad(row);
  }
}
