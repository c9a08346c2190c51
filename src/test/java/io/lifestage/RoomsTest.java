package io.lifestage;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the house to its rooms; every rule is also seen to fail on a class that breaks it. */
class RoomsTest {

  private static final String HOUSE = "io.lifestage";
  private static final String FIXTURE = "io.lifestage.rooms.fixture";

  @Nested
  class InTheHouse {

    private static final JavaClasses CLASSES =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(HOUSE);

    private final Rooms rooms = new Rooms(HOUSE);

    @ParameterizedTest
    @MethodSource("io.lifestage.Rooms#names")
    void aRoomImportsOnlyItsRooms(String room) {
      rooms.importsOnlyItsRooms(room).check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("io.lifestage.Rooms#namesWithListedLibraries")
    void aRoomUsesOnlyItsLibraries(String room) {
      rooms.usesOnlyItsLibraries(room).check(CLASSES);
    }

    @Test
    void onlyWireKnowsGeneratedClasses() {
      rooms.onlyWireKnowsGeneratedClasses().check(CLASSES);
    }

    @Test
    void theCoreReadsNoClockAndRollsNoDice() {
      rooms.theCoreReadsNoClockAndRollsNoDice().check(CLASSES);
    }

    @Test
    void theCoreDoesNoInputOrOutput() {
      rooms.theCoreDoesNoInputOrOutput().check(CLASSES);
    }

    @Test
    void noRoomsImportEachOtherInACircle() {
      rooms.noCycles().check(CLASSES);
    }

    @Test
    void noPackageIsADrawer() {
      rooms.noDrawers().check(CLASSES);
    }

    @Test
    void everyClassIsInARoomOfTheTable() {
      rooms.everyClassIsInARoom().check(CLASSES);
    }

    @Test
    void thereAreClassesToHoldToTheRules() {
      assertThat(CLASSES).isNotEmpty();
    }
  }

  @Nested
  class InTheFixtureWhereEachRuleIsBroken {

    private static final JavaClasses CLASSES = new ClassFileImporter().importPackages(FIXTURE);

    @ParameterizedTest
    @MethodSource("rulesAndTheirOffenders")
    void theRuleFindsItsOffenders(ArchRule rule, List<String> offenders) {
      assertThat(rule.evaluate(CLASSES).getFailureReport().getDetails())
          .isNotEmpty()
          .allSatisfy(detail -> assertThat(detail).containsAnyOf(offenders.toArray(String[]::new)));
      assertThat(String.join("\n", rule.evaluate(CLASSES).getFailureReport().getDetails()))
          .contains(offenders);
    }

    static Stream<Arguments> rulesAndTheirOffenders() {
      Rooms rooms = new Rooms(FIXTURE);
      return Stream.of(
          broken(
              "stages know no traits",
              rooms.importsOnlyItsRooms("lifecycle"),
              "StageThatKnowsTraits"),
          broken("the job knows no edge", rooms.importsOnlyItsRooms("job"), "JobThatDelivers"),
          broken("edges keep apart", rooms.importsOnlyItsRooms("console"), "ConsoleThatDelivers"),
          broken("no Flink in the core", rooms.usesOnlyItsLibraries("trait"), "TraitOnFlink"),
          broken("no Kafka in the core", rooms.usesOnlyItsLibraries("metric"), "MetricOnKafka"),
          broken("no Avro in the core", rooms.usesOnlyItsLibraries("journey"), "JourneyOnAvro"),
          broken("generated classes", rooms.onlyWireKnowsGeneratedClasses(), "OperatorOnTheWire"),
          broken(
              "clock and dice",
              rooms.theCoreReadsNoClockAndRollsNoDice(),
              "DecisionByTheClock",
              "DecisionByChance"),
          broken("input and output", rooms.theCoreDoesNoInputOrOutput(), "OfferFromAFile"),
          broken("cycles", rooms.noCycles(), "StageThatKnowsTraits"),
          broken("drawers", rooms.noDrawers(), "Drawer"),
          broken("unlisted rooms", rooms.everyClassIsInARoom(), "Forgotten", "Drawer"));
    }

    private static Arguments broken(String name, ArchRule rule, String... offenders) {
      return Arguments.of(Named.of(name, rule), List.of(offenders));
    }
  }
}
