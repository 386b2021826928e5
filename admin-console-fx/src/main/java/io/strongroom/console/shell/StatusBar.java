package io.strongroom.console.shell;

import io.strongroom.api.PolicyRef;
import io.strongroom.console.connection.Connection;
import io.strongroom.console.connection.Watch;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.look.Sign;
import io.strongroom.console.text.Texts;
import io.strongroom.console.work.Trouble;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Label;

/** The line at the bottom: whether the appliance answers, what this machine verified of it, and the rules in force. */
final class StatusBar {
    private static final int SHORT_COMMIT = 10;

    private final Desk desk;
    private final Texts texts;
    private final Watch watch;

    StatusBar(Label connection, Label checkpoint, Label policy, Desk desk, Watch watch) {
        this.desk = desk;
        this.texts = desk.texts();
        this.watch = watch;
        var state = desk.connection().state();
        connection
                .textProperty()
                .bind(state.map(now -> texts.get(now == Connection.State.LOST ? "status.lost" : "status.connected")));
        connection.graphicProperty().bind(state.map(now -> (now == Connection.State.LOST ? Sign.FAILS : Sign.HOLDS)
                .icon()));
        checkpoint
                .textProperty()
                .bind(Bindings.createStringBinding(
                        this::checkpointText,
                        watch.seen(),
                        watch.wrong(),
                        desk.times().local()));
        checkpoint
                .graphicProperty()
                .bind(Bindings.createObjectBinding(
                        () -> (watch.wrong().get() != null
                                        ? Sign.FAILS
                                        : watch.seen().get() == null ? Sign.NEUTRAL : Sign.HOLDS)
                                .icon(),
                        watch.seen(),
                        watch.wrong()));
        policy.textProperty().bind(Bindings.createStringBinding(this::policyText, watch.seen()));
    }

    private String checkpointText() {
        Trouble wrong = watch.wrong().get();
        if (wrong != null) {
            return wrong.line();
        }
        Watch.Seen seen = watch.seen().get();
        return seen == null
                ? texts.get("status.checkpoint.none")
                : texts.get(
                        "status.checkpoint",
                        seen.checkpoint().size(),
                        desk.times().clock(seen.at()));
    }

    private String policyText() {
        Watch.Seen seen = watch.seen().get();
        PolicyRef inForce = seen == null ? null : seen.policy();
        String commit = inForce == null ? null : inForce.commit();
        return inForce == null || commit == null
                ? texts.get(seen == null ? "status.policy.unknown" : "status.policy.none")
                : texts.get("status.policy", inForce.version(), commit.substring(0, SHORT_COMMIT));
    }
}
