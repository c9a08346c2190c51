package io.lifestage.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BookmarkTest {

  @Test
  void whatIsWrittenIsRead() {
    Bookmark bookmark = new Bookmark(Worlds.of(-3, 17, 2.5), 123, 456);

    assertThat(Bookmark.read(bookmark.text())).contains(bookmark);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1", "2 1 2 3 4 5 6 7 8", "1 a 2 3 90000000 5 6 7 8", "1 2 -3 4 5 6 7 8 9"})
  void anotherTextIsNoBookmark(String text) {
    assertThat(Bookmark.read(text)).isEmpty();
  }
}
