import { useEffect, useState } from 'react';
import { Text, View } from 'react-native';
import { Button } from './Button.jsx';
import { styles } from './styles.js';

/** An offer, with the time that the hub gives to answer it. */
export function Offer({ offer, offers }) {
  const [isSent, setSent] = useState(false);
  const left = useSecondsLeft(offer.expiresAt, offers.clockOffsetMs);
  const answer = async (send) => {
    setSent(true);
    await send(offer);
    setSent(false);
  };
  return (
    <View style={styles.card} testID="offer">
      <Text role="heading" aria-level={2} style={styles.title}>New order at {offer.storeId}</Text>
      <Text>{offer.pickupAddress?.text}</Text>
      <Text>To {offer.deliveryAddress?.text}</Text>
      {left !== undefined && <Text role="timer" style={left <= 10 && styles.error}>{left} seconds to answer</Text>}
      <View style={styles.row}>
        <Button title="Pass" isDisabled={isSent} onPress={() => answer((it) => offers.decline(it))} />
        <Button isMain title="Accept" isDisabled={isSent} onPress={() => answer((it) => offers.accept(it))} />
      </View>
    </View>
  );
}

/** By the hub's clock; undefined for an offer without a deadline. */
function useSecondsLeft(expiresAt, clockOffsetMs) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return expiresAt && Math.max(0, Math.ceil((Date.parse(expiresAt) - clockOffsetMs - now) / 1_000));
}
