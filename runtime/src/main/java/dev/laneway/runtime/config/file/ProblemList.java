package dev.laneway.runtime.config.file;

import dev.laneway.runtime.config.KeyStanding;
import dev.laneway.runtime.config.Problem;
import dev.laneway.runtime.config.Severity;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All problems of one file and those that it includes, so that a person repairs them in one go. One thread. */
public final class ProblemList {
    private static final int MOST = 200;

    private final Lines lines;
    private final boolean acceptUnenforced;
    /** Each with its line among those of all files. */
    private final Map<Problem, Integer> problems = new LinkedHashMap<>();

    private final TreeMap<String, Said> said = new TreeMap<>();
    private boolean refused;
    private int errors;
    private int warnings;

    /**
     * @param file as the user named it
     * @param acceptUnenforced what can't be enforced is a warning
     */
    public ProblemList(String file, boolean acceptUnenforced) {
        this.lines = new Lines(file);
        this.acceptUnenforced = acceptUnenforced;
    }

    public void error(Place at, String problem, String fix) {
        error(at, problem, () -> fix);
    }

    /** What became of a key at one place. */
    record Said(KeyStanding standing, String why) {}

    /** @param fix asked only where the problem is kept: to look for one among thousands of names takes its time */
    public void error(Place at, String problem, Supplier<String> fix) {
        refused = true;
        say(at, KeyStanding.REFUSED, problem);
        add(Severity.ERROR, at, problem, fix);
    }

    public void warn(Place at, String problem, String fix) {
        warn(at, problem, () -> fix);
    }

    /** @param fix asked only where the problem is kept */
    public void warn(Place at, String problem, Supplier<String> fix) {
        add(Severity.WARNING, at, problem, fix);
    }

    /** Something the file asks for that this version can't enforce. */
    public void unenforced(Place at, String what) {
        say(at, KeyStanding.NOT_ENFORCED, what);
        if (acceptUnenforced) {
            warn(at, "not enforced by this version: " + what, "accepted by --accept-unenforced");
        } else {
            refused = true;
            add(
                    Severity.ERROR,
                    at,
                    "can't be enforced by this version: " + what,
                    () -> "remove it, or start with --accept-unenforced to run without it");
        }
    }

    /** Something that this version doesn't act on, and nobody relies on. */
    public void unsupported(Place at, String why, String fix) {
        say(at, KeyStanding.NOT_SUPPORTED, why);
        warn(at, "not supported: " + why, fix);
    }

    /** Something that is acted on, though not every value of its key would be. */
    public void holds(Place at, String how) {
        say(at, KeyStanding.IN_FORCE, how);
    }

    /** Something that this version does in another way than LiteLLM. */
    public void differently(Place at, String how, String fix) {
        say(at, KeyStanding.DIFFERENTLY, how);
        warn(at, how, fix);
    }

    /**
     * What became of a key at one place; null where nothing was said.
     *
     * @param whole whether what was said of anything below the key counts
     */
    @Nullable
    Said said(Place at, boolean whole) {
        Said own = said.get(at.path());
        if (own != null || !whole) {
            return own;
        }
        return said.tailMap(at.path(), false).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(at.path()))
                .filter(entry -> ".[".indexOf(entry.getKey().charAt(at.path().length())) >= 0)
                .map(Map.Entry::getValue)
                .max(Comparator.comparing(Said::standing))
                .orElse(null);
    }

    private void say(Place at, KeyStanding standing, String why) {
        if (at.line() > 0) {
            said.merge(
                    at.path(),
                    new Said(standing, why),
                    (one, other) -> one.standing().compareTo(other.standing()) >= 0 ? one : other);
        }
    }

    /** True when the file is refused. */
    public boolean refused() {
        return refused;
    }

    /** False once a further warning would not be kept, so that it need not be put into words. */
    public boolean keepsWarnings() {
        return warnings <= MOST;
    }

    /** Which file each line belongs to. */
    Lines lines() {
        return lines;
    }

    /** A place's line for a sentence: {@code line 5}, {@code line 5 of models.yaml}. */
    public String line(Place at) {
        String line = "line " + lines.inFile(at.line());
        return lines.isIncluded(at.line()) ? line + " of " + lines.file(at.line()) : line;
    }

    /** In the order of files and lines; the errors of a line first. */
    public List<Problem> sorted() {
        return problems.entrySet().stream()
                .sorted(Map.Entry.<Problem, Integer>comparingByValue()
                        .thenComparing(entry -> entry.getKey().severity()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private Problem problem(Severity severity, Place at, String problem, String fix) {
        return new Problem(severity, lines.file(at.line()), lines.inFile(at.line()), at.path(), problem, fix);
    }

    /** Of each severity only so many are kept, so that a hail of warnings hides no error. */
    private void add(Severity severity, Place at, String problem, Supplier<String> fix) {
        int before = severity == Severity.ERROR ? errors : warnings;
        if (before > MOST) {
            return;
        }
        Place shown = before < MOST ? at : Place.FILE;
        Problem full = before < MOST
                ? problem(severity, at, problem, fix.get())
                : problem(
                        severity,
                        shown,
                        "has more than " + MOST + " " + severity.id() + "s",
                        "repair these, then look again");
        boolean added = problems.putIfAbsent(full, shown.line()) == null;
        if (added && severity == Severity.ERROR) {
            errors++;
        } else if (added) {
            warnings++;
        }
    }
}
