package dev.laneway.runtime.config.file;

import dev.laneway.runtime.config.Problem;
import dev.laneway.runtime.config.Severity;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** All problems of one file, so that a person repairs them in one go. One thread. */
public final class ProblemList {
    private static final int MOST = 200;

    private final String file;
    private final boolean acceptUnenforced;
    private final Set<Problem> problems = new LinkedHashSet<>();
    private boolean refused;
    private int errors;
    private int warnings;

    /**
     * @param file as the user named it
     * @param acceptUnenforced what can't be enforced is a warning
     */
    public ProblemList(String file, boolean acceptUnenforced) {
        this.file = file;
        this.acceptUnenforced = acceptUnenforced;
    }

    public void error(Place at, String problem, String fix) {
        error(at, problem, () -> fix);
    }

    /** @param fix asked only where the problem is kept: to look for one among thousands of names takes its time */
    public void error(Place at, String problem, Supplier<String> fix) {
        refused = true;
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
        if (acceptUnenforced) {
            warn(at, "not enforced by this version: " + what, "accepted by --accept-unenforced");
        } else {
            error(
                    at,
                    "can't be enforced by this version: " + what,
                    "remove it, or start with --accept-unenforced to run without it");
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

    /** In the order of lines; the errors of a line first. */
    public List<Problem> sorted() {
        return problems.stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparing(Problem::severity))
                .toList();
    }

    /** Of each severity only so many are kept, so that a hail of warnings hides no error. */
    private void add(Severity severity, Place at, String problem, Supplier<String> fix) {
        int before = severity == Severity.ERROR ? errors : warnings;
        if (before > MOST) {
            return;
        }
        boolean added = problems.add(
                before < MOST
                        ? new Problem(severity, file, at.line(), at.path(), problem, fix.get())
                        : new Problem(
                                severity,
                                file,
                                0,
                                "file",
                                "has more than " + MOST + " " + severity.id() + "s",
                                "repair these, then look again"));
        if (added && severity == Severity.ERROR) {
            errors++;
        } else if (added) {
            warnings++;
        }
    }
}
