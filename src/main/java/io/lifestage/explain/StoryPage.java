package io.lifestage.explain;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A story as text: what happened when, and beneath each decision what every guard saw. */
public final class StoryPage {
  private static final String UNDER_A_TIME = " ".repeat(24);

  private StoryPage() {}

  /** The lines of the page. Times are UTC. */
  public static List<String> of(Story story) {
    List<String> lines = new ArrayList<>();
    Question question = story.question();
    lines.add(
        "Customer %s%s%s"
            .formatted(
                question.customer(),
                question.journey() == null ? "" : ", journey " + question.journey(),
                question.at() == null ? "" : ", up to " + question.at()));
    if (story.isEmpty()) {
      story.whyNothing().forEach(sentence -> lines.add("  " + sentence));
    }
    story.runs().forEach(run -> tell(run, lines));
    section("Not begun", story.refusals().stream().map(Story.Refusals::told).toList(), lines);
    if (story.attempts() != null) {
      section("What could have begun it", story.attempts().sentences(), lines);
    }
    section("Stages", story.stages(), lines);
    return lines;
  }

  private static void section(String title, List<String> told, List<String> lines) {
    if (!told.isEmpty()) {
      lines.add("");
      lines.add(title);
      told.forEach(line -> lines.add("  " + line));
    }
  }

  private static void tell(Run run, List<String> lines) {
    lines.add("");
    lines.add(
        "%s@%s [%s]: %s"
            .formatted(
                run.journey(),
                run.versions().stream().map(String::valueOf).collect(Collectors.joining(",")),
                run.key(),
                run.state().name().toLowerCase(Locale.ROOT).replace('_', ' ')));
    run.chapters().forEach(chapter -> tell(chapter, lines));
    lines.add("  " + run.standing());
  }

  private static void tell(Chapter chapter, List<String> lines) {
    Iterator<String> sentences = chapter.sentences().iterator();
    lines.add("  %-20s  %s".formatted(chapter.at(), sentences.next()));
    sentences.forEachRemaining(sentence -> lines.add(UNDER_A_TIME + sentence));
    for (GuardSaid said : chapter.guards()) {
      lines.add(
          UNDER_A_TIME
              + "  %-5s %-16s %s"
                  .formatted(
                      said.passed() ? "yes" : said.isHeld() ? "wait" : "NO",
                      said.guard(),
                      said.sentence()));
    }
  }
}
