package io.lifestage.definition;

import io.lifestage.decision.Definitions;
import io.lifestage.journey.Journey;
import io.lifestage.lifecycle.StageModel;
import io.lifestage.trait.Trait;
import java.util.List;
import java.util.Set;

/**
 * The seven journeys of the retail pack that between them have every mechanism, without the pack's
 * guards, so that each stands for itself.
 */
public final class RetailPack {
  private static final Set<String> SEVEN =
      Set.of(
          "thank-you",
          "complementary-offer",
          "viewed-offer",
          "abandoned-cart",
          "unanswered-sales-chat",
          "sales-ready-lead",
          "win-back");

  private static final Definitions WHOLE = Packs.compiled("retail");
  private static final Definitions SMALL = Library.compile(sources());

  private RetailPack() {}

  public static Definitions definitions() {
    return SMALL;
  }

  /** What {@link #definitions} is compiled from. */
  public static List<Source> sources() {
    return Packs.of("retail").stream().filter(RetailPack::isOfTheSmall).toList();
  }

  private static boolean isOfTheSmall(Source source) {
    Library.Title title = Library.title(source);
    return title.kind() == Kind.JOURNEY ? SEVEN.contains(title.id()) : title.kind() != Kind.GUARDS;
  }

  /** The pack as it is shipped. */
  public static Definitions whole() {
    return WHOLE;
  }

  public static StageModel stages() {
    return WHOLE.stages();
  }

  public static List<Trait> traits() {
    return List.copyOf(WHOLE.traits().byName().values());
  }

  public static List<Journey> journeys() {
    return WHOLE.journeys().values().stream().filter(j -> SEVEN.contains(j.id())).toList();
  }
}
