package dev.laneway.dialects.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.laneway.dialects.ClientError;
import dev.laneway.dialects.Inspected;
import dev.laneway.dialects.Inspection;
import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request body once, front to back, and stops at the first thing that is wrong with it, saying where. It never repeats
 * what a body holds. One thread, one body.
 */
public final class BodyReader implements AutoCloseable {

    /** What is wrong with a body. Leaves the reading code at once; the one that began to read turns it into a value. */
    public static final class Invalid extends Exception {
        private final @Nullable String path;
        private final @Nullable String code;

        Invalid(@Nullable String path, @Nullable String code, String message) {
            super(message, null, false, false);
            this.path = path;
            this.code = code;
        }

        /** With the path in front, since SDKs show the words alone. */
        private String words() {
            return path == null ? String.valueOf(getMessage()) : path + ": " + getMessage();
        }
    }

    /** Reads one field's value, at which the reader stands; must pass over it whole. */
    @FunctionalInterface
    public interface FieldRule {
        void read(String name) throws Invalid, IOException;
    }

    private final byte[] body;
    private final JsonParser parser;
    private long mediaBytes;
    private long mediaFrom = -1;

    private BodyReader(byte[] body, JsonParser parser) {
        this.body = body;
        this.parser = parser;
    }

    /** Reads a whole object, at whose start the reader stands. */
    @FunctionalInterface
    public interface Rules {
        Inspected read(BodyReader body) throws Invalid, IOException;
    }

    /** Reads a body that must be one JSON object and nothing else. */
    public static Inspection read(byte[] body, Rules rules) {
        if (isOtherThanUtf8(body)) {
            return refused("The body must be JSON in UTF-8, without a byte order mark.");
        }
        try (var parser = Json.FACTORY.createParser(body);
                var reader = new BodyReader(body, parser)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return refused(
                        parser.currentToken() == null ? "The body is empty." : "The body must be a JSON object.");
            }
            var inspected = rules.read(reader);
            return reader.advance() == null
                    ? new Inspection.Accepted(inspected)
                    : refused("Something follows the JSON object of the body.");
        } catch (Invalid e) {
            return new Inspection.Refused(ClientError.invalid(e.path, e.code, e.words()));
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            var where = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
            return refused("The body could not be read as JSON" + where + ".");
        } catch (IOException e) {
            return refused("The body could not be read as JSON in UTF-8.");
        }
    }

    /** Jackson would read UTF-16, UTF-32 and byte order marks too; vendors and whoever walks the bytes would not. */
    private static boolean isOtherThanUtf8(byte[] body) {
        return body.length > 1 && (body[0] == 0 || body[1] == 0 || (body[0] & 0xFF) >= 0xEF);
    }

    private static Inspection refused(String message) {
        return new Inspection.Refused(ClientError.invalid(null, "invalid_json", message));
    }

    private JsonToken advance() throws IOException {
        var token = parser.nextToken();
        if (mediaFrom >= 0) {
            mediaBytes += parser.currentTokenLocation().getByteOffset() - mediaFrom;
            mediaFrom = -1;
        }
        return token;
    }

    /**
     * Reads the object here field by field; a name that comes twice is refused, since readers differ on which one counts. So is one that differs
     * from another by its letters' case alone: to what is written in Go, Ollama among it, {@code Model} after {@code model} is the model.
     */
    public void distinctFields(FieldRule rule) throws Invalid, IOException {
        object();
        Set<String> seen = new HashSet<>();
        while (advance() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            if (!seen.add(folded(name))) {
                throw at(name, "duplicate_field", "This field is there twice.");
            }
            advance();
            rule.read(name);
        }
    }

    /** As Go compares names; both steps, since the long s and the sign of Kelvin are letters of that kind too. */
    private static String folded(String name) {
        for (int i = 0; i < name.length(); i++) {
            var c = name.charAt(i);
            if (c > 'z' || (c >= 'A' && c <= 'Z')) {
                return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
            }
        }
        return name;
    }

    /** Reads the object here field by field. */
    public void fields(FieldRule rule) throws Invalid, IOException {
        object();
        while (advance() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            advance();
            rule.read(name);
        }
    }

    /** An array's element. */
    @FunctionalInterface
    public interface ItemRule {
        void read(int index) throws Invalid, IOException;
    }

    /** Reads the array here. @return how many elements it had */
    public int items(ItemRule rule) throws Invalid, IOException {
        if (!isArray()) {
            throw type("an array");
        }
        var count = 0;
        while (advance() != JsonToken.END_ARRAY) {
            rule.read(count++);
        }
        return count;
    }

    public void skip() throws IOException {
        parser.skipChildren();
    }

    public boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    public boolean isString() {
        return parser.currentToken() == JsonToken.VALUE_STRING;
    }

    public boolean isObject() {
        return parser.currentToken() == JsonToken.START_OBJECT;
    }

    public boolean isArray() {
        return parser.currentToken() == JsonToken.START_ARRAY;
    }

    /** Requires a string, which is not looked at. */
    public void string() throws Invalid {
        if (!isString()) {
            throw type("a string");
        }
    }

    /** Requires a string. */
    public String text() throws Invalid, IOException {
        string();
        return parser.getText();
    }

    /** Requires a string of base64 or a URL, which is not looked at; where it carries data, it does not count as text. */
    public void media() throws Invalid {
        string();
        var from = (int) parser.currentTokenLocation().getByteOffset();
        if (from + 5 < body.length && !(body[from + 1] == 'h' && body[from + 2] == 't')) {
            mediaFrom = from;
        }
    }

    public boolean flag() throws Invalid {
        var token = parser.currentToken();
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw type("a boolean");
        }
        return token == JsonToken.VALUE_TRUE;
    }

    public double number(double min, double max) throws Invalid, IOException {
        var token = parser.currentToken();
        if (token != JsonToken.VALUE_NUMBER_FLOAT && token != JsonToken.VALUE_NUMBER_INT) {
            throw type("a number");
        }
        var number = parser.getDoubleValue();
        if (!(number >= min && number <= max)) {
            throw range(plain(min), plain(max));
        }
        return number;
    }

    /** Requires a whole number; {@code 8.0} counts as one. */
    public long whole(long min, long max) throws Invalid, IOException {
        var token = parser.currentToken();
        if (token == JsonToken.VALUE_NUMBER_FLOAT && parser.getDoubleValue() == Math.rint(parser.getDoubleValue())) {
            return (long) number((double) min, (double) max);
        }
        if (token != JsonToken.VALUE_NUMBER_INT) {
            throw type("an integer");
        }
        var fits = parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        var number = fits ? parser.getLongValue() : 0;
        if (!fits || number < min || number > max) {
            throw range(Long.toString(min), Long.toString(max));
        }
        return number;
    }

    /** Requires an object and stays at its start. */
    public void object() throws Invalid {
        if (!isObject()) {
            throw type("an object");
        }
    }

    /** Bytes of inline media so far. */
    public long mediaBytes() {
        return mediaBytes;
    }

    private Invalid type(String wanted) {
        return here("invalid_type", "This must be " + wanted + ".");
    }

    private Invalid range(String min, String max) {
        return here(
                "invalid_value",
                max.length() > 15
                        ? "This must be at least " + min + "."
                        : "This must be between " + min + " and " + max + ".");
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    /** Something is wrong with the value here. */
    public Invalid here(String code, String message) {
        return new Invalid(path(), code, message);
    }

    /** Something is wrong with a field of the object whose end or start the reader stands at. */
    public Invalid at(String field, String code, String message) {
        var here = path();
        return new Invalid(here == null ? field : here + "." + field, code, message);
    }

    /** A field of the object whose end the reader stands at is not there. */
    public Invalid missing(String field) {
        return at(field, "missing_required_parameter", "This is required.");
    }

    /** Jackson's context as a path; null at the top. */
    private @Nullable String path() {
        var path = new StringBuilder();
        var token = parser.currentToken();
        var context = parser.getParsingContext();
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY || token == JsonToken.FIELD_NAME) {
            context = context.getParent();
        }
        for (var c = context; c != null && !c.inRoot(); c = c.getParent()) {
            if (c.inArray()) {
                path.insert(0, "[" + c.getCurrentIndex() + "]");
            } else if (c.getCurrentName() != null) {
                path.insert(0, "." + c.getCurrentName());
            }
        }
        return path.isEmpty() ? null : path.substring(path.charAt(0) == '.' ? 1 : 0);
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
