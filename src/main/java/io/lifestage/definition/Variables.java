package io.lifestage.definition;

import static io.lifestage.lifecycle.EventType.CONSENT_CHANGED;
import static io.lifestage.lifecycle.EventType.CUSTOMER_UPDATED;
import static io.lifestage.lifecycle.EventType.PRODUCT_VIEWED;
import static io.lifestage.lifecycle.EventType.TRIGGER_UNSUBSCRIBED;

import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.Cart;
import io.lifestage.lifecycle.Conversation;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Line;
import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Order;
import io.lifestage.lifecycle.Product;
import io.lifestage.lifecycle.Scope;
import io.lifestage.trait.Measure;
import io.lifestage.trait.Trait;
import io.lifestage.trait.ValueType;
import io.lifestage.trait.Window;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Everything that formulas can ask for, by qualified name. What is not known is an empty text, 0,
 * false, or 1970: a formula never fails for it.
 */
final class Variables {
  /** The first parts of qualified names. */
  static final List<String> ROOTS =
      List.of(
          "event",
          "customer",
          "attributes",
          "consents",
          "traits",
          "before",
          "segments",
          "order",
          "cart",
          "conversation",
          "run",
          "now");

  private static final Map<String, ValueType> TYPED_ATTRIBUTES =
      Map.of(
          Attribute.QUANTITY, ValueType.INTEGER,
          Attribute.PRICE_BEFORE, ValueType.INTEGER,
          Attribute.RATING, ValueType.INTEGER,
          Attribute.GRANTED, ValueType.FLAG);

  private static final Set<String> ORDERS = EventType.of("orders");
  private static final Set<String> CHATS = EventType.of("chat");
  private static final Set<String> CARTS =
      Set.of(
          EventType.PRODUCT_ADDED,
          EventType.PRODUCT_REMOVED,
          EventType.CART_VIEWED,
          EventType.COUPON_APPLIED,
          EventType.CHECKOUT_STARTED,
          EventType.CHECKOUT_STEP_COMPLETED,
          EventType.ORDER_PLACED);

  private static final String CATEGORY = "event." + Attribute.CATEGORY;
  private static final int FEW = 3;
  private static final Set<String> SENDERS = Set.of("customer", "agent", "bot");

  private static final Comparisons.Range COUNT = new Comparisons.Range(0, Double.POSITIVE_INFINITY);
  private static final Comparisons.Range STARS = new Comparisons.Range(0, 5);

  /** What counts is never below nothing; a rating has five stars, and none where nobody rated. */
  private static final Map<String, Comparisons.Range> RANGES =
      Map.of(
          "customer.cycle", COUNT,
          "customer.paid_orders", COUNT,
          "customer.open_carts", COUNT,
          "customer.open_chats", COUNT,
          "customer.open_support_chats", COUNT,
          "customer.open_orders", COUNT,
          "event.quantity", COUNT,
          "event.price_before", COUNT,
          "event.rating", STARS,
          "run.rating", STARS);

  /** What is the same for all definitions. */
  private static final Map<String, Variable> FIXED = new LinkedHashMap<>();

  static {
    FIXED.put("now", Variable.of(ValueType.TIME, null, scope -> Instant.ofEpochMilli(scope.now())));
    ofEvents();
    ofCustomers();
    ofOrders();
    ofCarts();
    ofConversations();
  }

  private final Map<String, Variable> declared = new LinkedHashMap<>();
  private final Set<String> timely = new HashSet<>();
  private final Map<String, Comparisons.Range> ranges = new HashMap<>();
  private final Set<String> later = new HashSet<>();
  private Set<String> stages = Set.of();
  private boolean unread;

  private static void ofEvents() {
    FIXED.put("event.id", Variable.ofEvent(ValueType.TEXT, of(Event::id)));
    FIXED.put("event.type", Variable.ofEvent(ValueType.TEXT, of(Event::type)));
    FIXED.put(
        "event.at",
        Variable.ofEvent(
            ValueType.TIME,
            scope -> Instant.ofEpochMilli(scope.event() == null ? 0 : scope.event().at())));
    FIXED.put(
        "event.value",
        Variable.ofEvent(
            ValueType.INTEGER,
            scope -> scope.event() == null ? 0L : scope.event().value().minor()));
    FIXED.put("event.currency", Variable.ofEvent(ValueType.TEXT, of(e -> e.value().currency())));
    FIXED.put(
        CATEGORY,
        new Variable(
            ValueType.TEXT, Variable.Collection.NONE, Variables::category, false, null, Set.of()));
    FIXED.put(
        "event.skus",
        new Variable(
            ValueType.TEXT,
            Variable.Collection.LIST,
            scope -> scope.event() == null ? List.of() : skus(scope.event().lines()),
            true,
            null,
            Set.of()));
  }

  private static Function<Scope, Object> of(Function<Event, String> text) {
    return scope -> scope.event() == null ? "" : text.apply(scope.event());
  }

  /** As the event says; else the catalogue's, of its product or of the first that has one. */
  private static String category(Scope scope) {
    Event event = scope.event();
    if (event == null) {
      return "";
    }
    String said = event.get(Attribute.CATEGORY);
    if (said != null && !said.isEmpty()) {
      return said;
    }
    String sku = event.get(Attribute.SKU);
    List<String> skus = sku == null ? skus(event.lines()) : List.of(sku);
    return skus.stream()
        .map(each -> scope.catalogue().product(each, event.at()))
        .filter(product -> product != null && !product.category().isEmpty())
        .map(Product::category)
        .findFirst()
        .orElse("");
  }

  private static void ofCustomers() {
    FIXED.put("customer.id", Variable.of(ValueType.TEXT, Set.of(), Scope::customer));
    FIXED.put("customer.stage", Variable.of(ValueType.TEXT, null, scope -> orEmpty(scope.stage())));
    FIXED.put("customer.stage_since", time(null, Scope::stageSince));
    FIXED.put(
        "customer.cycle", Variable.of(ValueType.INTEGER, null, scope -> (long) scope.cycle()));
    FIXED.put("customer.first_seen", time(null, Scope::firstSeenAt));
    FIXED.put("customer.last_activity", time(null, Scope::lastActivityAt));
    for (String name :
        List.of(Attribute.SOURCE, Attribute.MEDIUM, Attribute.CAMPAIGN, Attribute.REFERRER)) {
      FIXED.put(
          "customer." + name,
          Variable.of(ValueType.TEXT, null, scope -> orEmpty(scope.firstTouch().get(name))));
    }
    FIXED.put("customer.paid_orders", Variable.of(ValueType.INTEGER, ORDERS, Scope::paidOrders));
    FIXED.put(
        "customer.lifetime_value",
        Variable.of(
            ValueType.INTEGER,
            ORDERS,
            scope -> scope.lifetimeValue().values().stream().mapToLong(v -> v).max().orElse(0)));
    FIXED.put(
        "customer.owned",
        new Variable(
            ValueType.TEXT, Variable.Collection.MAP, Scope::owned, false, ORDERS, Set.of()));
    FIXED.put("customer.bought_again", Variable.list(ORDERS, Scope::boughtAgain));
    FIXED.put(
        "customer.viewed",
        Variable.list(Set.of(PRODUCT_VIEWED), scope -> List.copyOf(scope.viewed().keySet())));
    FIXED.put(
        "customer.open_carts",
        Variable.of(
            ValueType.INTEGER,
            CARTS,
            scope -> scope.carts().values().stream().filter(cart -> !cart.isEmpty()).count()));
    FIXED.put(
        "customer.open_chats",
        Variable.of(ValueType.INTEGER, CHATS, scope -> (long) scope.conversations().size()));
    FIXED.put(
        "customer.open_support_chats",
        Variable.of(
            ValueType.INTEGER,
            CHATS,
            scope ->
                scope.conversations().values().stream()
                    .filter(chat -> chat.subject().equals("support"))
                    .count()));
    FIXED.put(
        "customer.open_orders",
        Variable.of(
            ValueType.INTEGER,
            ORDERS,
            scope ->
                scope.orders().values().stream()
                    .filter(order -> !order.undone() && order.deliveredAt() == 0)
                    .count()));
    FIXED.put(
        "consents",
        new Variable(
            ValueType.FLAG,
            Variable.Collection.MAP,
            Scope::consents,
            false,
            Set.of(CONSENT_CHANGED, TRIGGER_UNSUBSCRIBED),
            Set.of()));
  }

  private static void ofOrders() {
    order("id", ValueType.TEXT, "", Order::id);
    order("paid", ValueType.FLAG, false, Order::paid);
    order("undone", ValueType.FLAG, false, Order::undone);
    order("cancelled", ValueType.FLAG, false, order -> order.cancelledAt() > 0);
    order("delivered", ValueType.FLAG, false, order -> order.deliveredAt() > 0);
    order("total", ValueType.INTEGER, 0L, order -> order.total().minor());
    order("refunded", ValueType.INTEGER, 0L, Order::refunded);
    order("currency", ValueType.TEXT, "", order -> order.total().currency());
    order(
        "placed_at",
        ValueType.TIME,
        Instant.EPOCH,
        order -> Instant.ofEpochMilli(order.placedAt()));
    FIXED.put("order.exists", Variable.of(ValueType.FLAG, ORDERS, scope -> scope.order() != null));
    FIXED.put(
        "order.skus",
        Variable.list(
            ORDERS, scope -> scope.order() == null ? List.of() : skus(scope.order().lines())));
  }

  private static void order(
      String name, ValueType type, Object otherwise, Function<Order, Object> of) {
    FIXED.put(
        "order." + name,
        Variable.of(
            type, ORDERS, scope -> scope.order() == null ? otherwise : of.apply(scope.order())));
  }

  private static void ofCarts() {
    FIXED.put("cart.exists", Variable.of(ValueType.FLAG, CARTS, scope -> scope.cart() != null));
    FIXED.put(
        "cart.empty",
        Variable.of(
            ValueType.FLAG, CARTS, scope -> scope.cart() == null || scope.cart().isEmpty()));
    FIXED.put(
        "cart.checkout",
        Variable.of(
            ValueType.FLAG, CARTS, scope -> scope.cart() != null && scope.cart().checkout()));
    FIXED.put(
        "cart.value", Variable.of(ValueType.INTEGER, CARTS, scope -> value(scope.cart()).minor()));
    FIXED.put(
        "cart.currency",
        Variable.of(ValueType.TEXT, CARTS, scope -> value(scope.cart()).currency()));
    FIXED.put(
        "cart.skus",
        Variable.list(
            CARTS, scope -> scope.cart() == null ? List.of() : skus(scope.cart().lines())));
  }

  private static Money value(Cart cart) {
    return cart == null ? Money.NONE : cart.value();
  }

  private static void ofConversations() {
    conversation("exists", ValueType.FLAG, false, chat -> true);
    conversation("subject", ValueType.TEXT, "", Conversation::subject);
    conversation("waiting", ValueType.FLAG, false, Conversation::waiting);
    conversation("answered", ValueType.FLAG, false, chat -> chat.answeredAt() > 0);
  }

  private static void conversation(
      String name, ValueType type, Object otherwise, Function<Conversation, Object> of) {
    FIXED.put(
        "conversation." + name,
        Variable.of(
            type,
            CHATS,
            scope -> scope.conversation() == null ? otherwise : of.apply(scope.conversation())));
  }

  private static Variable time(Set<String> changedBy, Function<Scope, Long> millis) {
    return Variable.of(
        ValueType.TIME, changedBy, scope -> Instant.ofEpochMilli(millis.apply(scope)));
  }

  private static List<String> skus(List<Line> lines) {
    return lines.stream().map(Line::sku).toList();
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  // --- What the definitions declare ------------------------------------------------------------

  /** The stages that a customer can be in. */
  void declareStages(List<String> names) {
    stages = new LinkedHashSet<>(names);
  }

  /** The stages that a customer can be in; null where nobody could read them. */
  Set<String> stages() {
    return stages.isEmpty() ? null : stages;
  }

  /** The segments by name; null where nobody could read all of them. */
  Set<String> segments() {
    return unread ? null : declaredIn("segments");
  }

  /** The attributes by name; null where nobody could read all of them. */
  Set<String> attributes() {
    return unread ? null : declaredIn("attributes");
  }

  /** The types of attributes, by name. */
  Map<String, ValueType> typesOfAttributes() {
    Map<String, ValueType> types = new TreeMap<>();
    for (String name : declaredIn("attributes")) {
      types.put(name, declared.get("attributes." + name).type());
    }
    return types;
  }

  private Set<String> declaredIn(String root) {
    String prefix = root + ".";
    return declared.keySet().stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** An attribute that the shop says of customers. */
  void declareAttribute(String name, ValueType type) {
    declared.put(
        "attributes." + name,
        Variable.of(
            type, Set.of(CUSTOMER_UPDATED), scope -> Texts.as(type, scope.attributes().get(name))));
  }

  /**
   * A trait.
   *
   * @param restsOn for a computed one the variables that it asks for
   */
  void declareTrait(Trait trait, List<Variable> restsOn) {
    boolean byTime = restsOn.stream().anyMatch(this::changesByTime);
    if (byTime) {
      timely.add("traits." + trait.name());
      timely.add("before." + trait.name());
    }
    Set<String> types = new HashSet<>(trait.on());
    types.addAll(trait.undo());
    Set<String> traits = new HashSet<>(Set.of(trait.name()));
    boolean any = false;
    for (Variable variable : restsOn) {
      any |= variable.changedBy() == null;
      types.addAll(variable.changedBy() == null ? Set.of() : variable.changedBy());
      traits.addAll(variable.traits());
    }
    declare(trait.name(), trait.measure().type(), any ? null : types, traits);
    boolean counts =
        trait.measure() instanceof Measure.Count || trait.measure() instanceof Measure.Unique;
    if (counts) {
      boolean countsOn =
          trait.measure() instanceof Measure.Count && trait.window() instanceof Window.AllTime;
      double most = countsOn ? Double.POSITIVE_INFINITY : trait.atMost();
      ranges.put("traits." + trait.name(), new Comparisons.Range(0, most));
      ranges.put("before." + trait.name(), new Comparisons.Range(0, most));
    }
  }

  private boolean changesByTime(Variable variable) {
    return variable.equals(FIXED.get("now"))
        || timely.stream().anyMatch(name -> variable.equals(declared.get(name)));
  }

  /**
   * Something that could not be read: it is known by its name, so that nobody complains of it, and
   * of no type.
   *
   * @param name qualified, such as {@code traits.views}
   */
  void declareBroken(String name) {
    declared.put(name, Variable.of(null, null, scope -> ""));
    if (name.startsWith("traits.")) {
      declareBroken("before." + name.substring("traits.".length()));
    }
  }

  /** What stands further down: known by its name, but not yet there. */
  void declareLater(String name) {
    later.add(name);
  }

  /** A file, or a part of one, could not be read: it may declare whatever is not known. */
  void declareUnread() {
    unread = true;
  }

  /** Whether a name that is not known may be declared where nobody could read. */
  boolean mayBeUnread(String name) {
    return unread && name.matches("(traits|before|segments|attributes)\\..*");
  }

  private void declare(String name, ValueType type, Set<String> types, Set<String> traits) {
    declared.put(
        "traits." + name,
        new Variable(
            type,
            Variable.Collection.NONE,
            scope -> present(scope.trait(name), type),
            false,
            types,
            traits));
    declared.put(
        "before." + name,
        new Variable(
            type,
            Variable.Collection.NONE,
            scope -> present(scope.traitBefore(name), type),
            false,
            types,
            traits));
  }

  private static Object present(Object value, ValueType type) {
    return value == null ? Texts.as(type, null) : value;
  }

  /** A segment. */
  void declareSegment(String name, Set<String> types, Set<String> traits) {
    declared.put(
        "segments." + name,
        new Variable(
            ValueType.FLAG,
            Variable.Collection.NONE,
            scope -> scope.in(name),
            false,
            types.isEmpty() ? null : types,
            traits));
  }

  /** Whether a trait of this name is declared. */
  boolean knowsTrait(String name) {
    return declared.containsKey("traits." + name);
  }

  // --- Asking ----------------------------------------------------------------------------------

  /** The variable of a qualified name where it may be asked for, or null. */
  Variable find(String name, Asked asked) {
    if (name.startsWith("event.")) {
      return asked.events().isEmpty() ? null : ofEvent(name.substring(6), asked);
    }
    if (name.startsWith("run.")) {
      return isOfRun(name.substring(4), asked) ? ofRun(name.substring(4)) : null;
    }
    if (!asked.time() && (name.equals("now") || timely.contains(name))) {
      return null;
    }
    Variable variable = FIXED.get(name);
    return variable == null ? declared.get(name) : variable;
  }

  /** Why there is no such variable there, and what was probably meant. */
  String[] whyNot(String name, Asked asked) {
    String root = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
    if (!ROOTS.contains(root)) {
      return new String[] {"'" + root + "' is not known", meantBy(root, asked)};
    }
    if (root.equals("event") && asked.events().isEmpty()) {
      return new String[] {"there is no event here", "ask the customer, a trait or the run"};
    }
    if (root.equals("run") && asked.run().isEmpty()) {
      return new String[] {"there is no run here", "ask the event or the customer"};
    }
    if (!asked.time() && (root.equals("now") || timely.contains(name))) {
      return new String[] {
        "'"
            + name
            + "' cannot stand here: it changes by time alone, and this is looked at only when"
            + " something happens",
        "use a trait with a rolling window, or an entry by absence or date"
      };
    }
    if (!name.contains(".")) {
      return new String[] {
        "'" + name + "' alone says nothing",
        "write " + root + ".<name>, or '" + root + "' in quotes for a text"
      };
    }
    if (root.equals("run") && asked.run().equals(Set.of(Asked.MET))) {
      return new String[] {
        "'run' has no '" + name.substring(4) + "'",
        "what starts this journey is no event that could say it"
      };
    }
    if (later.contains(name.replace("before.", "traits."))) {
      return new String[] {"'" + name + "' is not there yet", "put it above what asks for it"};
    }
    Set<String> names = names(root, asked);
    String what = name.substring(root.length() + 1);
    return new String[] {
      "'" + root + "'" + of(root, asked) + " has no '" + what + "'",
      names.isEmpty() ? "none is declared" : Suggestion.among(what, names)
    };
  }

  private static String of(String root, Asked asked) {
    if (!root.equals("event")) {
      return "";
    }
    return asked.events().size() <= FEW
        ? " of " + String.join(", ", new TreeSet<>(asked.events()))
        : " of these " + asked.events().size() + " types";
  }

  /** A name without its first part, a first part with a mistake, or a text without quotes. */
  private String meantBy(String name, Asked asked) {
    if (Suggestion.nearest(name, ROOTS).isPresent()) {
      return Suggestion.among(name, ROOTS);
    }
    for (String root : ROOTS) {
      String qualified = root + "." + name;
      if (find(qualified, asked) != null) {
        return "did you mean '" + qualified + "'?";
      }
    }
    return "a text stands in quotes; names begin with " + String.join(", ", ROOTS);
  }

  private Set<String> names(String root, Asked asked) {
    Set<String> names = new TreeSet<>();
    String prefix = root + ".";
    for (Map<String, Variable> map : List.of(FIXED, declared)) {
      map.keySet().stream()
          .filter(name -> name.startsWith(prefix))
          .forEach(name -> names.add(name.substring(prefix.length())));
    }
    if (root.equals("event")) {
      names.addAll(attributesOf(asked.events()));
    }
    if (root.equals("run")) {
      names.addAll(asked.run());
    }
    return names;
  }

  /** What events of these types may say. */
  static Set<String> attributesOf(Set<String> types) {
    Set<String> names = new TreeSet<>();
    types.forEach(type -> names.addAll(EventType.attributes(EventType.sourceOf(type))));
    return names;
  }

  private static Variable ofEvent(String name, Asked asked) {
    Variable fixed = FIXED.get("event." + name);
    if (fixed != null && (!name.equals(Attribute.CATEGORY) || mayHaveCategory(asked.events()))) {
      return fixed;
    }
    if (!attributesOf(asked.events()).contains(name)) {
      return null;
    }
    ValueType type = TYPED_ATTRIBUTES.getOrDefault(name, ValueType.TEXT);
    return Variable.ofEvent(
        type, scope -> Texts.as(type, scope.event() == null ? null : scope.event().get(name)));
  }

  private static boolean mayHaveCategory(Set<String> types) {
    return attributesOf(types).contains(Attribute.CATEGORY)
        || types.stream().anyMatch(ORDERS::contains);
  }

  /** A run that is about a product can tell when it is due, too. */
  private static boolean isOfRun(String name, Asked asked) {
    return asked.run().contains(name.equals(Asked.DUE) ? Attribute.SKU : name);
  }

  private static Variable ofRun(String name) {
    if (name.equals(Asked.DUE)) {
      return time(ORDERS, scope -> scope.due(scope.run().get(Attribute.SKU)));
    }
    ValueType type =
        name.equals(Asked.MET)
            ? ValueType.FLAG
            : TYPED_ATTRIBUTES.getOrDefault(name, ValueType.TEXT);
    return Variable.of(type, null, scope -> Texts.as(type, scope.run().get(name)));
  }

  // --- What they can be --------------------------------------------------------------------------

  /** The texts that a variable can be, beside the empty one; empty where it can be any. */
  Set<String> wordsOf(String name) {
    return switch (name) {
      case "customer.stage" -> stages;
      case "event.type" -> EventType.all();
      case "event.sender", "run.sender" -> SENDERS;
      default -> Set.of();
    };
  }

  /** From what to what the number lies that a variable is. */
  Comparisons.Range rangeOf(String name) {
    return ranges.getOrDefault(name, RANGES.getOrDefault(name, Comparisons.Range.ANY));
  }

  /** Whether it is a trait that counts no further than it keeps events. */
  boolean isKept(String name) {
    return ranges.containsKey(name);
  }
}
