package io.strongroom.agent.send;

/** How many batches may be under way, over all streams: one until the appliance says more, and never none. */
public final class Window {
    private int size = 1;
    private int underWay;

    /** Waits for a place. */
    synchronized void enter() throws InterruptedException {
        while (underWay >= size) {
            wait();
        }
        underWay++;
    }

    synchronized void leave() {
        underWay--;
        notifyAll();
    }

    /** What the appliance said last. */
    synchronized void resize(int said) {
        size = Math.max(1, said);
        notifyAll();
    }

    synchronized int size() {
        return size;
    }
}
