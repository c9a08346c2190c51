package io.lifestage.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client makes of each answer, given by a server that says what the test tells it to. */
class ConfluentRegistryTest {

  private final List<String> credentials = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private volatile int status = 200;
  private volatile String body = "{\"schema\": \"\\\"string\\\"\"}";

  @BeforeEach
  void startTheServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          credentials.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          byte[] answer = body.getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stopTheServer() {
    server.stop(0);
  }

  @Test
  void anIdIsAskedForOnce() throws RegistryException {
    try (SchemaRegistry registry = connect(Map.of())) {
      registry.byId(7);

      assertThat(registry.byId(7)).isEqualTo(Schema.create(Schema.Type.STRING));
      assertThat(credentials).hasSize(1);
    }
  }

  @Test
  void notFoundMeansUnknown() {
    answer(404, "{\"error_code\": 40403, \"message\": \"Schema not found\"}");
    try (SchemaRegistry registry = connect(Map.of())) {
      assertThatExceptionOfType(UnknownSchemaException.class)
          .isThrownBy(() -> registry.byId(7))
          .withMessageContaining("7");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 429, 500, 502, 503})
  void anErrorOfTheRegistrySaysNothingAboutTheSchema(int error) {
    answer(error, "{\"error_code\": 50001, \"message\": \"not now\"}");
    try (SchemaRegistry registry = connect(Map.of())) {
      assertThatExceptionOfType(RegistryUnreachableException.class)
          .isThrownBy(() -> registry.byId(7))
          .withMessageContaining("not now");
    }
  }

  @Test
  void anAnswerThatIsNoAnswerSaysNothingAboutTheSchema() {
    answer(200, "<html>Welcome to the hotel's network</html>");
    try (SchemaRegistry registry = connect(Map.of())) {
      assertThatExceptionOfType(RegistryUnreachableException.class)
          .isThrownBy(() -> registry.byId(7));
    }
  }

  @Test
  void aClosedPortMeansUnreachable() {
    server.stop(0);
    try (SchemaRegistry registry = connect(Map.of())) {
      assertThatExceptionOfType(RegistryUnreachableException.class)
          .isThrownBy(() -> registry.byId(7))
          .withMessageContaining(url());
    }
  }

  @Test
  void anUnreachableRegistryIsAskedAgain() throws RegistryException {
    answer(503, "{\"error_code\": 50001, \"message\": \"not now\"}");
    try (SchemaRegistry registry = connect(Map.of())) {
      assertThatExceptionOfType(RegistryUnreachableException.class)
          .isThrownBy(() -> registry.byId(7));

      answer(200, "{\"schema\": \"\\\"long\\\"\"}");

      assertThat(registry.byId(7)).isEqualTo(Schema.create(Schema.Type.LONG));
    }
  }

  @Test
  void credentialsArePassedOn() throws RegistryException {
    Map<String, String> withUser =
        Map.of(
            "schema.registry.basic.auth.credentials.source", "USER_INFO",
            "schema.registry.basic.auth.user.info", "engine:secret");
    try (SchemaRegistry registry = connect(withUser)) {
      registry.byId(7);
    }
    assertThat(credentials)
        .containsExactly(
            "Basic " + Base64.getEncoder().encodeToString("engine:secret".getBytes(UTF_8)));
  }

  @Test
  void propertiesOfOthersAreNotPassedOn() throws RegistryException {
    Map<String, String> ofOthers =
        Map.of(
            "basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "kafka:secret");
    try (SchemaRegistry registry = connect(ofOthers)) {
      registry.byId(7);
    }
    assertThat(credentials).containsExactly("null");
  }

  @Test
  void withoutAnAddressThereIsNoRegistry() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConfluentRegistry.connect(Map.of("url", "http://registry")))
        .withMessageContaining("schema.registry.url");
  }

  private void answer(int status, String body) {
    this.status = status;
    this.body = body;
  }

  private SchemaRegistry connect(Map<String, String> more) {
    Map<String, String> properties = new HashMap<>(more);
    properties.put("schema.registry.url", url());
    return ConfluentRegistry.connect(properties);
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }
}
