package io.strongroom.console.look;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import java.util.Map;
import javafx.scene.image.Image;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;

/** A text as a QR code, for the camera of a phone. */
public final class QrCode {
    private static final int QUIET_ZONE = 2;

    private QrCode() {}

    /** Black on white in any theme: cameras need that. */
    public static Image of(String text, int pixels) {
        try {
            BitMatrix code = new QRCodeWriter()
                    .encode(text, BarcodeFormat.QR_CODE, pixels, pixels, Map.of(EncodeHintType.MARGIN, QUIET_ZONE));
            WritableImage image = new WritableImage(code.getWidth(), code.getHeight());
            for (int y = 0; y < code.getHeight(); y++) {
                for (int x = 0; x < code.getWidth(); x++) {
                    image.getPixelWriter().setColor(x, y, code.get(x, y) ? Color.BLACK : Color.WHITE);
                }
            }
            return image;
        } catch (WriterException e) {
            throw new IllegalArgumentException("too long for a QR code", e);
        }
    }
}
