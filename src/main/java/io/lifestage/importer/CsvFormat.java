package io.lifestage.importer;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a file is written.
 *
 * @param delimiter between two cells
 * @param quote around cells that hold a delimiter, a quote (doubled) or a line end
 * @param charset of a file without a byte order mark
 * @param columns the names of the columns of a file without a header; empty where the first line is
 *     the header
 * @param aliases what a column is called in the mapping, by another name that a file may give it
 * @param empty texts that stand for an empty cell
 */
record CsvFormat(
    char delimiter,
    char quote,
    Charset charset,
    List<String> columns,
    Map<String, String> aliases,
    Set<String> empty) {}
