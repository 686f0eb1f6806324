import { Text, View } from 'react-native';
import { Button } from './Button.jsx';
import { styles } from './styles.js';

/** An order of the driver, and the one thing that comes next. */
export function Trip({ trip, trips }) {
  const { order, stop, hasArrived } = trip;
  const { orderId, orderNumber, storeId, pickupAddress, deliveryAddress } = order;
  return (
    <View style={styles.card} testID="trip">
      <Text role="heading" aria-level={2} style={styles.title}>{stop === 'pickup' ? `Fetch it at ${storeId}` : `To ${deliveryAddress?.text}`}</Text>
      <Text>{orderNumber}</Text>
      <Text>{stop === 'pickup' ? pickupAddress?.text : deliveryAddress?.notes}</Text>
      {next()}
    </View>
  );

  function next() {
    if (!hasArrived) {
      return <Button isMain title={stop === 'pickup' ? 'I am at the store' : 'I am at the door'} onPress={() => trips.arrive(orderId, stop)} />;
    }
    return stop === 'pickup'
      ? <Button isMain title="Picked up" onPress={() => trips.pickUp(orderId)} />
      : <Button isMain title="Delivered" onPress={() => trips.deliver(orderId)} />;
  }
}
