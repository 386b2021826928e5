package io.strongroom.server.mqtt;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.strongroom.evidence.StreamName;
import io.strongroom.server.mqtt.MqttCounts.Message;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before the broker in one connection's pipeline. Lets the device in, takes every message that it publishes out of
 * the stream, and acknowledges it once it is committed. To the broker it leaves subscriptions and pings, and nothing that
 * could end one of the broker's threads: those die of what they do not expect, with everybody who shares them.
 */
final class DeviceHandler extends ChannelDuplexHandler {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceHandler.class);

    private final House house;
    private final WayIn wayIn;
    private final Lane lane;
    private final ReadGate reading = new ReadGate(this::regulate);
    private final Listening listening;

    // Touched by the connection's own thread alone, but for the volatile ones, which others read.
    private State state = State.NEW;
    private final Deque<MqttMessage> early = new ArrayDeque<>();
    private boolean passedOn;
    private boolean goes;
    private volatile @Nullable ChannelHandlerContext context;
    private volatile @Nullable Guest guest;

    private enum State {
        /** Nothing but CONNECT is taken. */
        NEW,
        /** CONNECT came, and the broker has not accepted it. What comes meanwhile waits. */
        ENTERING,
        OPEN,
        CLOSED
    }

    DeviceHandler(House house) {
        this.house = house;
        this.wayIn = new WayIn(house.entrance(), house.secret());
        this.lane = new Lane(house.upstream(), house.room(), house.threads(), new Replies(house, this));
        this.listening = new Listening(house.threads());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    /** Who is connected; null before anybody is let in. For any thread. */
    @Nullable
    Guest guest() {
        return guest;
    }

    // --- What comes

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof MqttMessage packet) || packet.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            end(Ending.MALFORMED);
            return;
        }
        switch (state) {
            case NEW -> {
                try {
                    connect(ctx, packet);
                } finally {
                    ReferenceCountUtil.release(packet);
                }
            }
            case ENTERING -> early.add(packet);
            case OPEN -> open(ctx, packet);
            case CLOSED -> ReferenceCountUtil.release(packet);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        // The broker looks at the device's session each time; mostly there was nothing for it.
        if (passedOn) {
            passedOn = false;
            ctx.fireChannelReadComplete();
        }
    }

    private void passOn(ChannelHandlerContext ctx, MqttMessage packet) {
        passedOn = true;
        ctx.fireChannelRead(packet);
    }

    private void open(ChannelHandlerContext ctx, MqttMessage packet) {
        switch (packet.fixedHeader().messageType()) {
            case PUBLISH -> {
                try {
                    publish((MqttPublishMessage) packet);
                } finally {
                    ReferenceCountUtil.release(packet);
                }
            }
            case SUBSCRIBE -> subscriptions(ctx, Subscriptions.of((MqttSubscribeMessage) packet));
            case UNSUBSCRIBE ->
                subscriptions(
                        ctx,
                        Subscriptions.of(
                                (MqttUnsubscribeMessage) packet,
                                requireNonNull(guest).topics()));
            case PINGREQ -> passOn(ctx, packet);
            case DISCONNECT -> {
                goes = true;
                passOn(ctx, packet);
            }
            default -> {
                // Whatever else there is answers what is never sent to a device.
                ReferenceCountUtil.release(packet);
                end(Ending.PROTOCOL);
            }
        }
    }

    private void subscriptions(ChannelHandlerContext ctx, Subscriptions.Answer answer) {
        switch (answer) {
            case Subscriptions.Passed passed -> passOn(ctx, passed.packet());
            case Subscriptions.Said said -> {
                var unused = ctx.writeAndFlush(said.packet());
            }
            case Subscriptions.Malformed malformed -> end(Ending.MALFORMED);
        }
    }

    private void publish(MqttPublishMessage packet) {
        Guest who = guest;
        Optional<StreamName> stream = who == null
                ? Optional.empty()
                : who.topics().stream(packet.variableHeader().topicName());
        MqttQoS quality = packet.fixedHeader().qosLevel();
        if (stream.isEmpty()) {
            end(Ending.TOPIC);
        } else if (packet.fixedHeader().isRetain() || quality == MqttQoS.EXACTLY_ONCE) {
            end(Ending.QUALITY);
        } else if (quality != MqttQoS.AT_LEAST_ONCE) {
            house.counts().count(Message.PASSED_OVER);
        } else {
            lane.offer(new Upward(
                    packet.variableHeader().packetId(),
                    packet.fixedHeader().isDup(),
                    stream.get(),
                    ByteBufUtil.getBytes(packet.payload())));
            regulate();
        }
    }

    // --- The way in

    private void connect(ChannelHandlerContext ctx, MqttMessage packet) {
        if (answered(ctx, wayIn.read(ctx.channel(), packet)) instanceof WayIn.Asked asked) {
            state = State.ENTERING;
            regulate();
            house.threads().execute(() -> {
                WayIn.Answer answer = wayIn.admit(asked);
                ctx.executor().execute(() -> answered(ctx, answer));
            });
        }
    }

    private WayIn.Answer answered(ChannelHandlerContext ctx, WayIn.Answer answer) {
        switch (answer) {
            case WayIn.Asked asked -> {}
            case WayIn.Admitted admitted -> enter(ctx, admitted);
            case WayIn.Refused refused -> refuse(refused);
        }
        return answer;
    }

    private void enter(ChannelHandlerContext ctx, WayIn.Admitted admitted) {
        if (state != State.ENTERING) {
            return;
        }
        Guest who = admitted.guest();
        guest = who;
        house.connections().add(who.id(), this);
        // Whoever is shut out from now on is found there; whoever was before, here.
        if (house.entrance().standing(who.certificate()).isEmpty()) {
            refuse(new WayIn.Refused(Ending.SHUT_OUT, MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED));
            return;
        }
        passOn(ctx, admitted.known());
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof MqttConnAckMessage answer
                && answer.variableHeader().connectReturnCode() == MqttConnectReturnCode.CONNECTION_ACCEPTED) {
            promise.addListener(written -> {
                if (written.isSuccess()) {
                    entered(ctx);
                }
            });
        }
        Guest who = guest;
        if (message instanceof MqttSubAckMessage && who != null) {
            promise.addListener(written -> listening.begun(() -> house.listens().accept(who.id())));
        }
        ctx.write(message, promise);
    }

    /** The broker takes nothing but once it has put its own last handler into the pipeline. */
    private void entered(ChannelHandlerContext ctx) {
        if (state != State.ENTERING) {
            return;
        }
        if (ctx.pipeline().get("inflightResender") == null) {
            var unused = ctx.executor().schedule(() -> entered(ctx), 1, TimeUnit.MILLISECONDS);
            return;
        }
        state = State.OPEN;
        while (state == State.OPEN && !early.isEmpty()) {
            open(ctx, early.remove());
        }
        channelReadComplete(ctx);
        regulate();
    }

    // --- Reading, and not reading

    /** Whether nothing is read until there is room. For any thread. */
    boolean isStopped() {
        return reading.isStopped();
    }

    /** There may be room again, or none. For any thread. */
    void roomChanged() {
        onOwnThread(this::regulate);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        regulate();
        if (state == State.OPEN) {
            ctx.fireChannelWritabilityChanged();
        }
    }

    private void regulate() {
        ChannelHandlerContext ctx = context;
        if (ctx == null || state == State.CLOSED) {
            return;
        }
        boolean full = state == State.ENTERING
                || lane.isFull()
                || house.room().isFull()
                || !ctx.channel().isWritable();
        if (!reading.regulate(ctx, full)) {
            end(Ending.PATIENCE);
        }
    }

    /** Acknowledges what is settled. For any thread. */
    void acknowledge(List<Upward> messages) {
        onOwnThread(() -> {
            ChannelHandlerContext ctx = context;
            if (ctx == null || state != State.OPEN) {
                return;
            }
            for (Upward message : messages) {
                house.counts().count(Message.ACKNOWLEDGED);
                ctx.write(MqttMessageBuilders.pubAck()
                                .packetId(message.packetId())
                                .build())
                        .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
            }
            ctx.flush();
        });
    }

    private void onOwnThread(Runnable work) {
        ChannelHandlerContext ctx = context;
        if (ctx != null && !ctx.executor().isShuttingDown()) {
            ctx.executor().execute(work);
        }
    }

    // --- The end

    /** The device is let in no more. For any thread. */
    void shutOut() {
        onOwnThread(() -> end(Ending.SHUT_OUT));
    }

    /** Nothing came for too long. */
    void idle() {
        end(state == State.NEW ? Ending.SILENT : Ending.IDLE);
    }

    private void refuse(WayIn.Refused refused) {
        ChannelHandlerContext ctx = context;
        if (ctx != null && state != State.CLOSED) {
            refused.code()
                    .ifPresent(code -> ctx.writeAndFlush(MqttMessageBuilders.connAck()
                            .returnCode(code)
                            .sessionPresent(false)
                            .build()));
            end(refused.why());
        }
    }

    private void end(Ending why) {
        ChannelHandlerContext ctx = context;
        if (ctx != null && ended(why)) {
            ctx.close();
        }
    }

    /** Notes it, if nothing ended the connection before. */
    private boolean ended(Ending why) {
        if (state == State.CLOSED) {
            return false;
        }
        state = State.CLOSED;
        lane.close();
        house.endings().note(why, Optional.ofNullable(guest).map(Guest::id));
        return true;
    }

    /** What the broker closes comes by here; what we close does not. */
    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        boolean unused = ended(goes ? Ending.DISCONNECTED : Ending.BROKER);
        ctx.close(promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        boolean unused = ended(goes ? Ending.DISCONNECTED : Ending.LEFT);
        Guest who = guest;
        if (who != null) {
            house.connections().remove(who.id(), this);
        }
        early.forEach(ReferenceCountUtil::release);
        early.clear();
        ctx.fireChannelInactive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
            end(Ending.HANDSHAKE);
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (state == State.NEW && Ending.isOf(MqttUnacceptableProtocolVersionException.class, cause)) {
            refuse(WayIn.OTHER_VERSION);
            return;
        }
        Ending why = Ending.of(cause, state == State.NEW);
        if (why == Ending.FAILED) {
            LOG.error("a device's connection failed", cause);
        }
        end(why);
    }
}
