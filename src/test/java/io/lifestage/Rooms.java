package io.lifestage;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toUnmodifiableSet;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchRule;
import java.time.temporal.TemporalAccessor;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * The rooms of the house and who may import what, as rules over all classes below one root package.
 * A room that does not exist yet breaks no rule.
 */
final class Rooms {

  static final Set<String> CORE =
      Set.of("lifecycle", "trait", "metric", "offer", "journey", "decision");

  static final Set<String> EDGES =
      Set.of("replay", "importer", "traffic", "console", "explain", "delivery", "ops");

  /** For each room, the rooms that it may import. */
  private static final Map<String, Set<String>> IMPORTS = new LinkedHashMap<>();

  /** For each room that may not take any library it likes, the ones it may. */
  private static final Map<String, Set<String>> LIBRARIES = new LinkedHashMap<>();

  static {
    Set<String> sketches = Set.of("org.apache.datasketches..");
    String log = "org.slf4j..";

    room("lifecycle", Set.of(), Set.of());
    room("trait", Set.of("lifecycle"), sketches);
    room("metric", Set.of("lifecycle"), sketches);
    room("offer", Set.of("lifecycle"), sketches);
    room("journey", Set.of("lifecycle", "trait"), Set.of());
    room("decision", CORE, Set.of());
    room("definition", CORE, Set.of("dev.cel..", "com.google..", "org.yaml.snakeyaml..", log));
    room("wire", CORE, Set.of("org.apache.avro..", "org.apache.flink.avro..", log));
    room("operator", and(CORE, "definition", "wire"), Set.of("org.apache.flink..", log));
    Set<String> engine = and(CORE, "definition", "wire", "operator");
    IMPORTS.put("job", engine);
    EDGES.forEach(edge -> IMPORTS.put(edge, and(engine, "job")));
    IMPORTS.put("cli", and(and(engine, "job"), EDGES.toArray(String[]::new)));
  }

  /** The JDK, and annotations that only the compiler reads. */
  private static final Set<String> ANYWHERE = Set.of("java..", "com.google.errorprone.annotations");

  /** Names that say where something was put instead of what it is. */
  private static final Set<String> DRAWERS =
      Set.of("util", "utils", "common", "helper", "helpers", "impl", "model", "service");

  private static final Set<String> CLOCKS_AND_DICE =
      Set.of(
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.time.Clock.systemUTC",
          "java.time.Clock.systemDefaultZone",
          "java.lang.Math.random",
          "java.util.UUID.randomUUID");

  private final String root;

  /**
   * @param root the package that the rooms are in, such as {@code io.lifestage}
   */
  Rooms(String root) {
    this.root = root;
  }

  static Collection<String> names() {
    return IMPORTS.keySet();
  }

  static Collection<String> namesWithListedLibraries() {
    return LIBRARIES.keySet();
  }

  /** A room imports itself and the rooms listed for it. */
  ArchRule importsOnlyItsRooms(String room) {
    Set<String> allowed = and(IMPORTS.get(room), room);
    String[] others = packages(names().stream().filter(name -> !allowed.contains(name)));
    return noClasses()
        .that()
        .resideInAPackage(packageOf(room))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .allowEmptyShould(true);
  }

  /** A room uses the JDK and the libraries listed for it: in the core no Flink, Avro or Kafka. */
  ArchRule usesOnlyItsLibraries(String room) {
    return classes()
        .that()
        .resideInAPackage(packageOf(room))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            Stream.of(Set.of(root + ".."), ANYWHERE, LIBRARIES.get(room))
                .flatMap(Set::stream)
                .toArray(String[]::new))
        .allowEmptyShould(true);
  }

  /** Generated classes change with the schema; only {@code wire} has to notice. */
  ArchRule onlyWireKnowsGeneratedClasses() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(packageOf("wire"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(packageOf("wire.avro"))
        .allowEmptyShould(true);
  }

  /** Time and chance are parameters of the core, or a replay would decide differently. */
  ArchRule theCoreReadsNoClockAndRollsNoDice() {
    return noClasses()
        .that()
        .resideInAnyPackage(packages(CORE.stream()))
        .should()
        .callMethodWhere(clockOrDice())
        .orShould()
        .callConstructor(Random.class)
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(ThreadLocalRandom.class)
        .allowEmptyShould(true);
  }

  /** The core is told what it needs to know; it opens no file and no connection. */
  ArchRule theCoreDoesNoInputOrOutput() {
    return noClasses()
        .that()
        .resideInAnyPackage(packages(CORE.stream()))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net..", "java.sql..")
        .allowEmptyShould(true);
  }

  ArchRule noCycles() {
    return slices().matching(root + ".(*)..").should().beFreeOfCycles().allowEmptyShould(true);
  }

  ArchRule noDrawers() {
    String[] drawers =
        DRAWERS.stream().map(name -> root + ".." + name + "..").toArray(String[]::new);
    return noClasses().should().resideInAnyPackage(drawers).allowEmptyShould(true);
  }

  ArchRule everyClassIsInARoom() {
    return classes().should().resideInAnyPackage(packages(names().stream())).allowEmptyShould(true);
  }

  private static DescribedPredicate<JavaMethodCall> clockOrDice() {
    return DescribedPredicate.describe(
        "a clock or dice",
        call ->
            readsTheTime(call)
                || CLOCKS_AND_DICE.contains(
                    call.getTargetOwner().getName() + "." + call.getName()));
  }

  private static boolean readsTheTime(JavaMethodCall call) {
    return call.getName().equals("now")
        && call.getTargetOwner().isAssignableTo(TemporalAccessor.class);
  }

  private static void room(String name, Set<String> imports, Set<String> libraries) {
    IMPORTS.put(name, imports);
    LIBRARIES.put(name, libraries);
  }

  private static Set<String> and(Set<String> some, String... more) {
    return Stream.concat(some.stream(), Stream.of(more)).collect(toUnmodifiableSet());
  }

  private String[] packages(Stream<String> rooms) {
    return rooms.map(this::packageOf).toArray(String[]::new);
  }

  private String packageOf(String room) {
    return root + "." + room + "..";
  }
}
