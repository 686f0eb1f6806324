import AsyncStorage from '@react-native-async-storage/async-storage';
import { AppRegistry } from 'react-native';
import { App } from '../src/App.jsx';

AppRegistry.registerComponent('driver', () => App);
AppRegistry.runApplication('driver', {
  rootTag: document.getElementById('root'),
  initialProps: {
    hub: import.meta.env.VITE_HUB ?? 'http://localhost:9001',
    storage: AsyncStorage,
    geolocation: navigator.geolocation,
  },
});
