package io.strongroom.console.connection;

import io.strongroom.api.Problem;
import io.strongroom.api.client.StrongroomException;
import io.strongroom.console.text.Texts;
import io.strongroom.console.work.Trouble;
import java.security.cert.CertificateException;
import org.jspecify.annotations.Nullable;

/**
 * Says of whatever a call threw what an officer reads. What the appliance answers is called as in the
 * officer's language, and what is particular about it told as the appliance tells it.
 */
public final class Troubles {
    private final Texts texts;

    public Troubles(Texts texts) {
        this.texts = texts;
    }

    /** What became of a call. */
    public Trouble of(Exception why) {
        return switch (why) {
            case StrongroomException.Forbidden e -> answered(Trouble.Kind.FORBIDDEN, e);
            case StrongroomException.NotFound e -> answered(Trouble.Kind.MISSING, e);
            case StrongroomException.TryLater e -> answered(Trouble.Kind.FAILED, e);
            case StrongroomException.ServerFailed e -> answered(Trouble.Kind.FAILED, e);
            case StrongroomException.Answered e -> answered(Trouble.Kind.REFUSED, e);
            case StrongroomException.Unreachable e ->
                isAnother(e)
                        ? own(Trouble.Kind.REFUSED, texts.get("trouble.another"), texts.get("trouble.another.why"))
                        : own(Trouble.Kind.UNREACHABLE, texts.get("trouble.unreachable"), said(e));
            case StrongroomException.TimedOut e ->
                own(Trouble.Kind.UNREACHABLE, texts.get("trouble.unreachable"), said(e));
            case Checkpoints.Broken e -> own(Trouble.Kind.REFUSED, broken(), said(e));
            case Declined e ->
                own(Trouble.Kind.REFUSED, texts.get("trouble.declined"), texts.get("trouble.declined.why"));
            default -> own(Trouble.Kind.FAILED, texts.get("trouble.failed"), said(why));
        };
    }

    private String broken() {
        return texts.get("trouble.broken");
    }

    /** Whether another than the pinned appliance answered: its certificate was refused. */
    public static boolean isAnother(Throwable why) {
        for (@Nullable Throwable at = why; at != null; at = at.getCause()) {
            if (at instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }

    /** In the officer's language; what is particular about it is told as the appliance does. */
    private Trouble answered(Trouble.Kind kind, StrongroomException.Answered why) {
        Problem problem = why.problem();
        return new Trouble(
                kind,
                texts.problem(problem.code(), problem.title()),
                problem.detail(),
                texts.remedy(problem.code(), problem.action()),
                problem.requestId());
    }

    private Trouble own(Trouble.Kind kind, String title, String detail) {
        String action = kind == Trouble.Kind.UNREACHABLE ? texts.get("trouble.unreachable.action") : "";
        return new Trouble(kind, title, detail, action, null);
    }

    private static String said(Exception why) {
        String message = why.getMessage();
        return message == null ? why.getClass().getSimpleName() : message;
    }
}
