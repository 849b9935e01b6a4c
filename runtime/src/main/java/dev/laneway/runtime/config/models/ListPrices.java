package dev.laneway.runtime.config.models;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * About what well-known models cost by their vendors' price lists, so that dear ones can be told from cheap ones. Not for bills: rows of
 * {@code list-prices.txt} are by the beginning of a name, and know no discount. Immutable.
 */
final class ListPrices {
    private static final String RESOURCE = "list-prices.txt";
    private static final List<Row> ROWS = rows();

    private ListPrices() {}

    private record Row(String prefix, BigDecimal price) {}

    /**
     * Dollars for three million tokens in and one million out, about the mixture of a chat.
     *
     * @param model a vendor's name of it, also behind the prefixes that resellers put before it
     */
    static Optional<BigDecimal> of(String model) {
        String name = model.substring(model.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return ROWS.stream()
                .filter(row -> name.startsWith(row.prefix()))
                .findFirst()
                .map(Row::price);
    }

    /** The same measure of dollars for one token in and one out. */
    static BigDecimal perToken(BigDecimal input, BigDecimal output) {
        return input.multiply(BigDecimal.valueOf(3)).add(output).movePointRight(6);
    }

    /** The longest beginning first. */
    private static List<Row> rows() {
        try (InputStream in = Objects.requireNonNull(ListPrices.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\\|", 3))
                    .map(row -> new Row(
                            row[0],
                            new BigDecimal(row[1])
                                    .multiply(BigDecimal.valueOf(3))
                                    .add(new BigDecimal(row[2]))))
                    .sorted(Comparator.comparingInt((Row row) -> row.prefix().length())
                            .reversed())
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
