package dev.laneway.dialects.anthropic;

/** Whether the pieces of a JSON object's text so far make it whole. One object, one thread. */
final class JsonBalance {
    private int depth;
    private boolean inString;
    private boolean escaped;
    private boolean begun;

    void add(String piece) {
        for (var i = 0; i < piece.length(); i++) {
            var c = piece.charAt(i);
            if (inString) {
                inString = escaped || c != '"';
                escaped = !escaped && c == '\\';
            } else if (c == '"') {
                inString = true;
            } else if (c == '{' || c == '[') {
                begun = true;
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            }
        }
    }

    boolean begun() {
        return begun;
    }

    boolean isWhole() {
        return begun && depth <= 0 && !inString;
    }
}
