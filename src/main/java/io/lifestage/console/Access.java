package io.lifestage.console;

import com.sun.net.httpserver.HttpExchange;
import java.net.HttpCookie;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who may look. On this machine anybody, as long as they ask for it by this machine's name: a page
 * of elsewhere that has its own name led here (DNS rebinding) is turned away. From other machines
 * whoever has the token, which a browser gets as a cookie in exchange for it.
 */
final class Access {
  static final int TOKEN_BYTES = 24;

  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Pattern HOST = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\[\\]]+)(:\\d+)?");

  private final boolean loopback;
  private final String token;
  private final String cookie;

  /**
   * @param loopback whether only this machine can reach the console
   * @param token what opens it, or null where nothing is needed
   * @param port where it listens: cookies know no ports, so the name has to
   */
  Access(boolean loopback, String token, int port) {
    this.loopback = loopback;
    this.token = token;
    this.cookie = "lifestage-console-" + port;
  }

  /** A new token, too long to be guessed. */
  static String newToken() {
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  boolean needsToken() {
    return token != null;
  }

  /** Whether the name under which it is asked for is one of this machine's. */
  boolean isAskedByName(HttpExchange exchange) {
    if (!loopback) {
      return true;
    }
    String host = exchange.getRequestHeaders().getFirst("Host");
    Matcher matcher = HOST.matcher(host == null ? "" : host);
    return matcher.matches() && LOCAL.contains(matcher.group(1).toLowerCase(Locale.ROOT));
  }

  /** Whether a page of elsewhere asks: a browser says so. */
  static boolean isFromElsewhere(HttpExchange exchange) {
    String site = exchange.getRequestHeaders().getFirst("Sec-Fetch-Site");
    return "cross-site".equals(site) || "same-site".equals(site);
  }

  /** Whether the caller has shown the token. */
  boolean isOpenTo(HttpExchange exchange) {
    if (token == null) {
      return true;
    }
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (authorization != null && authorization.startsWith("Bearer ")) {
      return opens(authorization.substring("Bearer ".length()).trim());
    }
    return cookies(exchange).stream()
        .filter(one -> one.getName().equals(cookie))
        .anyMatch(one -> Digests.same(one.getValue(), session()));
  }

  boolean opens(String offered) {
    return token != null && Digests.same(offered, token);
  }

  /** The header that lets a browser in from now on, until it is closed. */
  String setCookie() {
    return cookie + "=" + session() + "; Path=/; HttpOnly; SameSite=Strict";
  }

  /** The cookie is not the token itself: who sees the one can't use it as the other. */
  private String session() {
    return Digests.sha256(new byte[] {1}, token);
  }

  private static List<HttpCookie> cookies(HttpExchange exchange) {
    return Optional.ofNullable(exchange.getRequestHeaders().get("Cookie"))
        .orElse(List.of())
        .stream()
        .flatMap(line -> List.of(line.split(";")).stream())
        .map(pair -> pair.trim().split("=", 2))
        .filter(pair -> pair.length == 2 && pair[0].matches("[A-Za-z0-9_-]+"))
        .map(pair -> new HttpCookie(pair[0], pair[1]))
        .toList();
  }

  /** The address to open, with the token where one is needed. */
  String address(String host, int port) {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + name + ":" + port + "/")
        + (token == null ? "" : "?token=" + token);
  }
}
