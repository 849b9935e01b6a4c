package dev.laneway.runtime.config.file;

import dev.laneway.runtime.config.Problem;
import dev.laneway.runtime.config.Severity;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** All problems of one file, so that a person repairs them in one go. One thread. */
public final class ProblemList {
    private static final int MOST = 200;

    private final String file;
    private final boolean acceptUnenforced;
    private final Set<Problem> problems = new LinkedHashSet<>();
    private boolean refused;

    /**
     * @param file as the user named it
     * @param acceptUnenforced what can't be enforced is a warning
     */
    public ProblemList(String file, boolean acceptUnenforced) {
        this.file = file;
        this.acceptUnenforced = acceptUnenforced;
    }

    public void error(Place at, String problem, String fix) {
        refused = true;
        add(Severity.ERROR, at, problem, fix);
    }

    public void warn(Place at, String problem, String fix) {
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

    /** In the order of lines; the errors of a line first. */
    public List<Problem> sorted() {
        return problems.stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparing(Problem::severity))
                .toList();
    }

    private void add(Severity severity, Place at, String problem, String fix) {
        if (problems.size() < MOST) {
            problems.add(new Problem(severity, file, at.line(), at.path(), problem, fix));
        } else if (problems.size() == MOST) {
            problems.add(new Problem(
                    refused ? Severity.ERROR : Severity.WARNING,
                    file,
                    0,
                    "file",
                    "more than " + MOST + " problems",
                    "repair these, then look again"));
        }
    }
}
