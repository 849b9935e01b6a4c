package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Money;
import dev.laneway.dialects.ClientError;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads an object field by field. The first thing that is wrong is kept, and what is read after it means nothing; a field that nobody has
 * read in the end is wrong too, unless it says nothing: null, false or empty.
 */
final class Fields {
    /** Ids that somebody else may choose: they become parts of topics' keys and of addresses. */
    static final Pattern ID = Pattern.compile("[A-Za-z0-9._@:+-]{1,128}");

    private static final int LONGEST_TEXT = 512;
    private static final int LONGEST_LIST = 256;
    private static final int SHOWN_CHARS = 64;
    private static final BigDecimal MOST = BigDecimal.TEN.pow(15);
    /** A number that was written as a text, as spreadsheets and shells do. */
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?([0-9]{1,30}([.][0-9]{0,30})?|[.][0-9]{1,30})([eE][+-]?[0-9]{1,2})?");

    private final ObjectNode object;
    private final String path;
    private final Set<String> known = new HashSet<>();
    private final List<Fields> inner = new ArrayList<>();
    private final Map<String, String> elsewhere = new HashMap<>();
    private @Nullable ClientError wrong;

    private Fields(ObjectNode object, String path) {
        this.object = object;
        this.path = path;
    }

    static Fields of(ObjectNode object) {
        return new Fields(object, "");
    }

    /** Whether a field is there, be it null. */
    boolean has(String name) {
        known.add(name);
        return object.has(name);
    }

    /** Whether a field is there and says something. */
    boolean says(String name) {
        known.add(name);
        return object.hasNonNull(name);
    }

    private @Nullable JsonNode value(String name) {
        known.add(name);
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    @Nullable
    String text(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isTextual() || !isPlain(value.textValue())) {
            fail(name, "is text of at most " + LONGEST_TEXT + " characters");
            return null;
        }
        return value.textValue();
    }

    /** Text that says nothing where it is empty. */
    @Nullable
    String name(String name) {
        String text = text(name);
        return text == null || text.isEmpty() ? null : text;
    }

    private static boolean isPlain(String text) {
        return text.length() <= LONGEST_TEXT
                && text.chars().noneMatch(Character::isISOControl)
                && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** An id that may be part of an address; an empty one is none. */
    @Nullable
    String id(String name) {
        String text = name(name);
        if (text != null && !ID.matcher(text).matches()) {
            fail(name, "is made of letters, digits and . _ @ : + -, at most 128");
            return null;
        }
        return text;
    }

    /** Lets a field pass that is the number 0, where that says no more than what is so anyway. */
    void passZero(String name) {
        JsonNode value = object.get(name);
        BigDecimal number = value == null ? null : number(value);
        if (number != null && number.signum() == 0) {
            known.add(name);
        }
    }

    /** A number, also one in a text: exactly what its digits say. Null where it is none. */
    private static @Nullable BigDecimal number(JsonNode value) {
        if (value.isNumber()) {
            return value.decimalValue();
        }
        String text = value.isTextual() ? value.textValue().strip() : "";
        return NUMBER.matcher(text).matches() ? new BigDecimal(text) : null;
    }

    boolean flag(String name, boolean unsaid) {
        JsonNode value = value(name);
        if (value == null) {
            return unsaid;
        }
        if (!value.isBoolean()) {
            fail(name, "is true or false");
        }
        return value.booleanValue();
    }

    /** A number from 1 on; 0 for null, which is no limit. A limit of 0 would be taken for none, so it is refused. */
    long limit(String name) {
        return whole(name, BigDecimal.ONE);
    }

    /** The version of an entity that somebody saw; 0 for null, and for none. */
    long version() {
        return whole("version", BigDecimal.ZERO);
    }

    private long whole(String name, BigDecimal least) {
        JsonNode value = value(name);
        if (value == null) {
            return 0;
        }
        BigDecimal number = number(value);
        if (number == null
                || number.compareTo(least) < 0
                || number.compareTo(MOST) > 0
                || number.stripTrailingZeros().scale() > 0) {
            fail(name, "is a whole number from " + least + " on; null is no limit");
            return 0;
        }
        return number.longValue();
    }

    /** Dollars, not negative; null for null. */
    @Nullable
    Money money(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        BigDecimal number = number(value);
        try {
            if (number != null && number.signum() >= 0) {
                return Money.ofDollars(number);
            }
        } catch (ArithmeticException tooFineOrTooLarge) {
            // said below
        }
        fail(name, "is an amount of dollars: not negative, below nine million, with at most 12 decimals");
        return null;
    }

    /** Null for null. */
    @Nullable
    List<String> texts(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof ArrayNode array) || array.size() > LONGEST_LIST) {
            fail(name, "is a list of at most " + LONGEST_LIST + " texts");
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode item : array) {
            if (!item.isTextual() || item.textValue().isBlank() || !isPlain(item.textValue())) {
                fail(name, "is a list of texts of at most " + LONGEST_TEXT + " characters, none of them blank");
                return null;
            }
            texts.add(item.textValue());
        }
        return texts.stream().distinct().toList();
    }

    /** Whether a field is a list that begins with such a thing. */
    boolean lists(String name, Predicate<JsonNode> thing) {
        JsonNode value = value(name);
        return value instanceof ArrayNode array && !array.isEmpty() && thing.test(array.get(0));
    }

    /** Empty for null. */
    List<BigDecimal> numbers(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return List.of();
        }
        List<BigDecimal> numbers = new ArrayList<>();
        if (value instanceof ArrayNode array && array.size() <= LONGEST_LIST) {
            array.forEach(item -> {
                BigDecimal number = number(item);
                if (number != null) {
                    numbers.add(number);
                }
            });
        }
        if (!(value instanceof ArrayNode array) || numbers.size() < array.size()) {
            fail(name, "is a list of at most " + LONGEST_LIST + " numbers");
        }
        return numbers;
    }

    /** An object within; null for null. */
    @Nullable
    Fields object(String name) {
        ObjectNode value = tree(name);
        return value == null ? null : within(value, path(name));
    }

    /** An object as it is; null for null. */
    @Nullable
    ObjectNode tree(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof ObjectNode tree)) {
            fail(name, "is an object");
            return null;
        }
        return tree;
    }

    /** Objects within; null for null. One object stands for a list of it. */
    @Nullable
    List<Fields> objects(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (value instanceof ObjectNode one) {
            return List.of(within(one, path(name)));
        }
        if (!(value instanceof ArrayNode array) || array.size() > LONGEST_LIST) {
            fail(name, "is a list of at most " + LONGEST_LIST + " objects");
            return null;
        }
        List<Fields> all = new ArrayList<>();
        for (JsonNode item : array) {
            if (!(item instanceof ObjectNode one)) {
                fail(name, "is a list of objects");
                return null;
            }
            all.add(within(one, path(name) + "[" + all.size() + "]"));
        }
        return all;
    }

    private Fields within(ObjectNode value, String where) {
        Fields fields = new Fields(value, where);
        inner.add(fields);
        return fields;
    }

    /**
     * What a text stands for; an empty one says nothing.
     *
     * @param parse throws {@link IllegalArgumentException} where it stands for nothing, with a message for the client
     */
    <T> @Nullable T parsed(String name, Function<String, T> parse) {
        String text = name(name);
        if (text == null) {
            return null;
        }
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException | DateTimeException nothing) {
            fail(name, "can't be understood: " + nothing.getMessage());
            return null;
        }
    }

    /** Says that a field is wrong. */
    void fail(String name, String how) {
        if (wrong == null) {
            known.add(name);
            wrong = ClientError.invalid(path(name), null, path(name) + " " + how + ".");
        }
    }

    /** Where fields belong that may be written here by mistake: to leave them out would lift a limit. */
    void belong(Set<String> names, String where) {
        names.forEach(name -> elsewhere.put(name, where));
    }

    /** The names of the fields that are there. */
    Set<String> names() {
        Set<String> names = new HashSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** What is wrong; null where nothing is. To be asked when everything was read. */
    @Nullable
    ClientError wrong() {
        if (wrong != null) {
            return wrong;
        }
        for (Fields fields : inner) {
            ClientError within = fields.wrong();
            if (within != null) {
                return within;
            }
        }
        for (var field : object.properties()) {
            if (!known.contains(field.getKey()) && !saysNothing(field.getValue())) {
                String name = path(shown(field.getKey()));
                String where = elsewhere.get(field.getKey());
                return ClientError.invalid(
                        name,
                        "unsupported_field",
                        name + " is not kept to here, so it is refused: "
                                + (where == null ? "leave it out." : "say it in " + where + "."));
            }
        }
        return null;
    }

    /** A name of the client's own, for an error. */
    static String shown(String name) {
        String start = name.length() <= SHOWN_CHARS ? name : name.substring(0, SHOWN_CHARS) + "...";
        return isPlain(start) ? start : start.replaceAll("[^ -~]", "?");
    }

    private static boolean saysNothing(JsonNode value) {
        return value.isNull()
                || (value.isContainerNode() && value.isEmpty())
                || (value.isBoolean() && !value.booleanValue())
                || (value.isTextual() && value.textValue().isEmpty());
    }

    private String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
