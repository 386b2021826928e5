package io.strongroom.server.mqtt;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.util.ReferenceCountUtil;
import io.strongroom.api.Problem;
import io.strongroom.api.ProblemType;
import io.strongroom.evidence.StreamName;
import io.strongroom.server.access.DeviceIdentity;
import io.strongroom.server.mqtt.MqttCounts.Ending;
import io.strongroom.server.mqtt.MqttCounts.Message;
import io.strongroom.server.problem.ProblemException;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before the broker in one connection's pipeline. Lets the device in, takes every message that it publishes out of
 * the stream, and acknowledges it once it is committed. To the broker it leaves subscriptions and pings, and nothing that
 * could end one of the broker's threads: those die of what they do not expect, with everybody who shares them.
 */
final class DeviceHandler extends ChannelDuplexHandler implements Lane.End {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceHandler.class);

    /** For how long nothing is read from a device before the connection is closed, so that it looks elsewhere. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final long LOOK_AGAIN_MILLIS = 50;

    private final House house;
    private final Lane lane;
    private final Listening listening;

    // Touched by the connection's own thread alone, but for the volatile ones, which others read.
    private State state = State.NEW;
    private final Deque<MqttMessage> early = new ArrayDeque<>();
    private boolean passedOn;
    private boolean looking;
    private long stoppedAt;
    private volatile boolean stopped;
    private volatile @Nullable ChannelHandlerContext context;
    private volatile @Nullable Guest guest;

    /**
     * What all connections share.
     *
     * @param down a topic, and what goes down there
     * @param listens told of a device that has subscribed, and may have missed something
     */
    @SuppressWarnings("ArrayRecordComponent")
    record House(
            Entrance entrance,
            Connections connections,
            MqttCounts counts,
            Upstream upstream,
            Room room,
            Executor threads,
            byte[] secret,
            BiConsumer<String, byte[]> down,
            Consumer<String> listens) {}

    /** Who is connected. */
    private record Guest(String id, X509Certificate certificate, Topics topics) {}

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
        this.lane = new Lane(house.upstream(), house.room(), house.threads(), this);
        this.listening = new Listening(house.threads());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        state = State.CLOSED;
        lane.close();
        Guest who = guest;
        if (who != null) {
            house.connections().remove(who.id(), this);
        }
        early.forEach(ReferenceCountUtil::release);
        early.clear();
        ctx.fireChannelInactive();
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
            case SUBSCRIBE, PINGREQ, DISCONNECT -> passOn(ctx, packet);
            case UNSUBSCRIBE -> unsubscribe(ctx, (MqttUnsubscribeMessage) packet);
            default -> {
                // Whatever else there is answers what is never sent to a device.
                ReferenceCountUtil.release(packet);
                end(Ending.PROTOCOL);
            }
        }
    }

    private void unsubscribe(ChannelHandlerContext ctx, MqttUnsubscribeMessage packet) {
        Guest who = guest;
        if (who != null && packet.payload().topics().stream().allMatch(who.topics()::isReadable)) {
            passOn(ctx, packet);
        } else {
            ReferenceCountUtil.release(packet);
            end(Ending.TOPIC);
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
        X509Certificate certificate = Entrance.certificate(ctx.channel()).orElse(null);
        if (!(packet instanceof MqttConnectMessage asked) || certificate == null) {
            end(Ending.PROTOCOL);
            return;
        }
        if (asked.variableHeader().version() != MqttVersion.MQTT_3_1_1.protocolLevel()) {
            refuse(Ending.VERSION, MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION);
        } else if (asked.variableHeader().isWillFlag()) {
            refuse(Ending.WILL, MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED);
        } else {
            state = State.ENTERING;
            regulate();
            String clientId = asked.payload().clientIdentifier();
            MqttConnectMessage known = known(asked, clientId);
            house.threads().execute(() -> admit(ctx, certificate, clientId, known));
        }
    }

    /** The CONNECT that the broker gets: of one whom we know, who leaves nothing behind. */
    private MqttConnectMessage known(MqttConnectMessage asked, String id) {
        MqttConnectVariableHeader header = asked.variableHeader();
        return new MqttConnectMessage(
                asked.fixedHeader(),
                new MqttConnectVariableHeader(
                        header.name(),
                        header.version(),
                        true,
                        true,
                        false,
                        0,
                        false,
                        true,
                        header.keepAliveTimeSeconds()),
                new MqttConnectPayload(id, null, (byte[]) null, id, house.secret()));
    }

    private void admit(
            ChannelHandlerContext ctx, X509Certificate certificate, String clientId, MqttConnectMessage known) {
        try {
            String id = house.entrance().admit(certificate, clientId).id();
            ctx.executor().execute(() -> enter(ctx, new Guest(id, certificate, new Topics(id)), known));
        } catch (ProblemException e) {
            ctx.executor()
                    .execute(() -> refuse(
                            e.type() == ProblemType.SOURCE_NOT_ALLOWED ? Ending.CLIENT_ID : Ending.SHUT_OUT,
                            e.type() == ProblemType.SOURCE_NOT_ALLOWED
                                    ? MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED
                                    : MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED));
        } catch (RuntimeException e) {
            LOG.error("a device could not be let in", e);
            ctx.executor()
                    .execute(
                            () -> refuse(Ending.SHUT_OUT, MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE));
        }
    }

    private void enter(ChannelHandlerContext ctx, Guest who, MqttConnectMessage known) {
        if (state != State.ENTERING) {
            return;
        }
        guest = who;
        house.connections().add(who.id(), this);
        // Whoever is shut out from now on is found there; whoever was before, here.
        if (house.entrance().standing(who.certificate()).isEmpty()) {
            refuse(Ending.SHUT_OUT, MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED);
            return;
        }
        passOn(ctx, known);
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

    /** Whether nothing is read until there is room. */
    boolean isStopped() {
        return stopped;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        regulate();
        if (state == State.OPEN) {
            ctx.fireChannelWritabilityChanged();
        }
    }

    /** Stops reading, or goes on; while stopped, looks again. */
    private void regulate() {
        ChannelHandlerContext ctx = context;
        if (ctx == null || state == State.CLOSED) {
            return;
        }
        boolean full = state == State.ENTERING
                || lane.isFull()
                || house.room().isFull()
                || !ctx.channel().isWritable();
        if (full && !stopped) {
            stoppedAt = System.nanoTime();
        }
        if (full != stopped) {
            stopped = full;
            ctx.channel().config().setAutoRead(!full);
        }
        if (full && System.nanoTime() - stoppedAt > PATIENCE.toNanos()) {
            end(Ending.PATIENCE);
        } else if (full && !looking) {
            looking = true;
            var unused = ctx.executor()
                    .schedule(
                            () -> {
                                looking = false;
                                regulate();
                            },
                            LOOK_AGAIN_MILLIS,
                            TimeUnit.MILLISECONDS);
        }
    }

    // --- What the lane says, on its own threads

    @Override
    public @Nullable DeviceIdentity admit() {
        Guest who = guest;
        if (who == null) {
            return null;
        }
        try {
            return house.entrance().admit(who.certificate(), who.id());
        } catch (ProblemException e) {
            shutOut();
            return null;
        } catch (RuntimeException e) {
            LOG.error("whether a device may go on cannot be told, so it may not", e);
            shutOut();
            return null;
        }
    }

    @Override
    public void settled(List<Upward> messages) {
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

    @Override
    public void tell(byte[] acknowledgement) {
        Guest who = guest;
        if (who != null) {
            house.down().accept(who.topics().acknowledgements(), acknowledgement);
        }
    }

    @Override
    public void refused(Upward batch, ProblemException why) {
        house.counts().count(Message.REFUSED);
        Problem problem = batch.batchDigest()
                .map(digest -> why.problem().with("batch", digest.toString()))
                .orElse(why.problem());
        tell(problem.toJson().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Override
    public void changed() {
        onOwnThread(this::regulate);
    }

    // --- The end

    /** The device is let in no more. For any thread. */
    void shutOut() {
        onOwnThread(() -> end(Ending.SHUT_OUT));
    }

    private void onOwnThread(Runnable work) {
        ChannelHandlerContext ctx = context;
        if (ctx != null && !ctx.executor().isShuttingDown()) {
            ctx.executor().execute(work);
        }
    }

    private void refuse(Ending why, MqttConnectReturnCode code) {
        ChannelHandlerContext ctx = context;
        if (ctx != null && state != State.CLOSED) {
            ctx.writeAndFlush(MqttMessageBuilders.connAck()
                    .returnCode(code)
                    .sessionPresent(false)
                    .build());
            end(why);
        }
    }

    private void end(Ending why) {
        ChannelHandlerContext ctx = context;
        if (ctx != null && state != State.CLOSED) {
            state = State.CLOSED;
            house.counts().count(why);
            lane.close();
            ctx.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.debug("a device's connection failed", cause);
        }
        end(Ending.MALFORMED);
    }
}
