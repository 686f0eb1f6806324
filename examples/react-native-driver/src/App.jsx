import { useEffect, useState } from 'react';
import { ScrollView, Switch, Text, View } from 'react-native';
import { Offer } from './Offer.jsx';
import { SignIn } from './SignIn.jsx';
import { Trip } from './Trip.jsx';
import { Button } from './Button.jsx';
import { useStore } from './store.js';
import { styles } from './styles.js';
import { useDuty } from './useDuty.js';
import { usePositions } from './usePositions.js';
import { useConnection, useShift, useWaiting } from './useShift.js';

const TOKEN = 'driver.token';

const CONNECTION = {
  connecting: 'Offline', connected: 'Live', 'signed-out': 'The hub does not accept the token', closed: 'Not connected',
};

/**
 * @param storage AsyncStorage, or anything like it
 * @param geolocation that of the browser, or `@react-native-community/geolocation`
 */
export function App({ hub, storage, geolocation }) {
  const [token, setToken] = useState(); // null: there is none
  useEffect(() => {
    storage.getItem(TOKEN).then(setToken);
  }, [storage]);
  const signIn = (given) => {
    storage.setItem(TOKEN, given);
    setToken(given);
  };
  const signOut = () => {
    storage.removeItem(TOKEN);
    setToken(null);
  };
  return (
    <View style={styles.screen}>
      {token === null && <SignIn hub={hub} onSignIn={signIn} />}
      {token && <Shift hub={hub} token={token} storage={storage} geolocation={geolocation} onSignOut={signOut} />}
    </View>
  );
}

function Shift({ hub, token, storage, geolocation, onSignOut }) {
  const shift = useShift(hub, token, storage);
  return shift && <Work shift={shift} storage={storage} geolocation={geolocation} onSignOut={onSignOut} />;
}

function Work({ shift, storage, geolocation, onSignOut }) {
  const { waybill, trips, offers } = shift;
  const connection = useConnection(waybill);
  const waiting = useWaiting(waybill);
  const [isOnDuty, setDuty] = useDuty(shift, storage);
  const blind = usePositions(shift, geolocation, isOnDuty);
  const offered = useStore(offers.list);
  const open = isOnDuty ? offered : [];
  const mine = useStore(trips.list);
  const errors = [blind, useStore(offers.error), useStore(trips.error)].filter(Boolean);
  return (
    <ScrollView contentContainerStyle={styles.content}>
      <View style={styles.bar}>
        <Text role="heading" aria-level={1} style={styles.title}>Your shift</Text>
        <Text testID="connection">{CONNECTION[connection.name]}</Text>
        {waiting > 0 && <Text testID="waiting">{waiting === 1 ? '1 action waits' : `${waiting} actions wait`} for a connection.</Text>}
        <View style={styles.duty}>
          <Text>On duty</Text>
          <Switch aria-label="On duty" value={isOnDuty} onValueChange={setDuty} />
        </View>
      </View>
      {errors.map((error) => <Text key={error} role="alert" style={styles.error}>{error}</Text>)}
      {open.map((offer) => <Offer key={offer.orderId} offer={offer} offers={offers} />)}
      {mine.map((trip) => <Trip key={trip.order.orderId} trip={trip} trips={trips} />)}
      {mine.length + open.length === 0 && <Text testID="idle">{isOnDuty ? 'Waiting for an order.' : 'You are off duty.'}</Text>}
      {!isOnDuty && <Button title="Sign out" onPress={onSignOut} />}
    </ScrollView>
  );
}
