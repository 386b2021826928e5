package io.strongroom.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.strongroom.policies.Policy;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;

/** A policy that is slow to say what a pack shows of a record, so that a test may look at a pack that is half made. */
final class HeldPolicy {
    private final Policy held;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /** @param marker stands in the record at which it waits */
    HeldPolicy(Policy policy, String marker) {
        held = (Policy) Proxy.newProxyInstance(
                Policy.class.getClassLoader(), new Class<?>[] {Policy.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("export")
                            && arguments.length == 3
                            && new String((byte[]) arguments[2], UTF_8).contains(marker)) {
                        reached.countDown();
                        released.await();
                    }
                    try {
                        return method.invoke(policy, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** What the appliance decides by. */
    Policy policy() {
        return held;
    }

    /** Whether a pack waits. */
    boolean holds() {
        return reached.getCount() == 0 && released.getCount() > 0;
    }

    /** Lets it go on, and holds no other. */
    void release() {
        released.countDown();
    }
}
