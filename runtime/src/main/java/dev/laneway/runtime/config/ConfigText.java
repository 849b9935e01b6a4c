package dev.laneway.runtime.config;

import dev.laneway.runtime.config.file.Including.Included;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The operator's own texts of one config: the file's and those of the files that it includes. Written as one text where there are
 * several, so that a version is kept whole or not at all: a first line tells how long each is. May hold secrets.
 *
 * @param included in the order in which they are read
 */
record ConfigText(String main, List<Included> included) {
    private static final String HEAD = "# laneway: a config of several files; characters of each: ";
    private static final Pattern LENGTHS = Pattern.compile(Pattern.quote(HEAD) + "(\\d{1,7}(?:,\\d{1,7}){1,60})\n");
    private static final Pattern TITLE = Pattern.compile("\n# ---- included: (.+)\n");

    ConfigText {
        Objects.requireNonNull(main, "main");
        included = List.copyOf(included);
    }

    /** What {@link #written()} was made of; a text of another form is that of one file. */
    static ConfigText of(String written) {
        Matcher head = LENGTHS.matcher(written);
        if (!head.lookingAt()) {
            return new ConfigText(written, List.of());
        }
        String[] lengths = head.group(1).split(",", -1);
        int at = head.end();
        String main = null;
        List<Included> included = new ArrayList<>();
        for (String length : lengths) {
            String name = "";
            if (main != null) {
                Matcher title = TITLE.matcher(written).region(at, written.length());
                if (!title.lookingAt()) {
                    return new ConfigText(written, List.of());
                }
                name = title.group(1);
                at = title.end();
            }
            int end = at + Integer.parseInt(length);
            if (end > written.length()) {
                return new ConfigText(written, List.of());
            }
            String text = written.substring(at, end);
            if (main == null) {
                main = text;
            } else {
                included.add(new Included(name, text));
            }
            at = end;
        }
        return new ConfigText(main == null ? written : main, included);
    }

    /** All of it as one text: the file's own where it includes nothing. */
    String written() {
        if (included.isEmpty()) {
            return main;
        }
        StringBuilder lengths = new StringBuilder(HEAD).append(main.length());
        included.forEach(each -> lengths.append(',').append(each.text().length()));
        StringBuilder text = lengths.append('\n').append(main);
        included.forEach(each -> text.append("\n# ---- included: ")
                .append(each.name())
                .append('\n')
                .append(each.text()));
        return text.toString();
    }

    /** Never the texts themselves. */
    @Override
    public String toString() {
        return "ConfigText[" + (1 + included.size()) + " files]";
    }
}
