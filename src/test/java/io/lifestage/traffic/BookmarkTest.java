package io.lifestage.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BookmarkTest {

  @Test
  void whatIsWrittenIsRead() {
    Bookmark bookmark = new Bookmark(Worlds.of(-3, 17, 2.5), 123, 456);

    assertThat(Bookmark.read(bookmark.text())).contains(bookmark);
  }

  @Test
  void aWorldWithTroubleIsReadWithAllOfIt() {
    World troubled =
        Worlds.of(-3, 17, 2.5)
            .troubledBy(
                List.of(
                    new Trouble("payment", 0.6, Worlds.day(3), Worlds.day(4)),
                    new Trouble("bank_transfer", 1, Worlds.day(5), Worlds.day(5))));
    Bookmark bookmark = new Bookmark(troubled, 123, 456);

    assertThat(Bookmark.read(bookmark.text())).contains(bookmark);
  }

  @Test
  void aWorldWhoseCatalogueLivesIsReadAsOne() {
    World living = Worlds.of(-3, 17, 2.5).alive();
    World troubled = living.troubledBy(List.of(new Trouble("card", 0.6, 3, 4)));

    for (World world : List.of(living, troubled)) {
      Bookmark bookmark = new Bookmark(world, 123, 456);
      assertThat(Bookmark.read(bookmark.text())).contains(bookmark);
    }
  }

  @Test
  void aWorldWithoutTroubleIsWrittenAsItAlwaysWas() {
    assertThat(new Bookmark(new World(1, 2, 3, 90_000_000, 5, 6), 7, 8).text())
        .isEqualTo("1 1 2 3 90000000 5 6.0 7 8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "2 1 2 3 4 5 6 7 8",
        "1 a 2 3 90000000 5 6 7 8",
        "1 2 -3 4 5 6 7 8 9",
        "2 1 2 3 90000000 5 6 7 nonsense:0.5:1:2 8",
        "2 1 2 3 90000000 5 6 7 payment:0.5:1 8",
        "3 1 2 3 90000000 5 6 7 8",
        "4 1 2 3 90000000 5 6 7 payment:0.5:1:2 8"
      })
  void anotherTextIsNoBookmark(String text) {
    assertThat(Bookmark.read(text)).isEmpty();
  }
}
